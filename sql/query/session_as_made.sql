-- Behind insert_session.sql: whether nothing is said of a session yet but what the insert says.
returning num_nonnulls(session.accepted_at, session.no_show_reported_at, session.no_show_reported_by, session.disputed_at,
                   session.settled_at) = 0
      and (session.product_id, session.idempotency_key, session.idempotency_digest) is not distinct from ($11, $12, $13)
      and (session.requested_at is not null) = ($18 is not null)
      and (session.expires_at is not null or $19 is null)
