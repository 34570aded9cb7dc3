-- Whether what was said and decided of a session since it was made is as it was; see kept_session.sql.
(session.accepted_at, session.no_show_reported_at, session.no_show_reported_by, session.disputed_at, session.settled_at)
is not distinct from
(former.accepted_at, former.no_show_reported_at, former.no_show_reported_by, former.disputed_at, former.settled_at)
