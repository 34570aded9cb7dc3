-- Whether when a session is, for how long and at what price is as it was; see kept_session.sql.
(session.session_date, session.start_time, session.duration_minutes, session.occupied_timezone, session.credit_cost)
is not distinct from
(former.session_date, former.start_time, former.duration_minutes, former.occupied_timezone, former.credit_cost)
