-- Every session that was moved: by whom, from where to where, and the key under which the answer can be
-- asked for again. A table of the extension, so that an application can't write its history; a dump keeps
-- the rows.
create table peer_exchange.session_moves (
  id                    uuid        primary key,
  session_id            uuid        not null,
  moved_by              uuid,
  moved_at              timestamptz not null default pg_catalog.now(),
  previous_session_date date        not null,
  previous_start_time   time        not null,
  session_date          date        not null,
  start_time            time        not null,
  status                text        not null,
  idempotency_key       text,
  previous_starts_at    timestamptz,
  previous_timezone     text,
  starts_at             timestamptz,
  timezone              text,
  unique (session_id, idempotency_key)
);

comment on table peer_exchange.session_moves is 'Every peer session that was moved by reschedule_peer_booking.';
comment on column peer_exchange.session_moves.moved_by is 'Who moved it; NULL where the application did.';
comment on column peer_exchange.session_moves.previous_session_date is 'The day on which it was to begin, in previous_timezone.';
comment on column peer_exchange.session_moves.session_date is 'The day that was asked for, in timezone.';
comment on column peer_exchange.session_moves.start_time is 'The time of that day that was asked for.';
comment on column peer_exchange.session_moves.status is 'The status that the session had then.';
comment on column peer_exchange.session_moves.idempotency_key is 'The key under which the mover may ask for the answer again.';
comment on column peer_exchange.session_moves.previous_starts_at is 'When it was to begin; NULL where version 0.1.0 moved it.';
comment on column peer_exchange.session_moves.previous_timezone is 'The time zone in which it had been promised.';
comment on column peer_exchange.session_moves.starts_at is 'When it has begun or is to begin since.';
comment on column peer_exchange.session_moves.timezone is 'The time zone in which it is told since.';

select pg_catalog.pg_extension_config_dump('peer_exchange.session_moves', '');
