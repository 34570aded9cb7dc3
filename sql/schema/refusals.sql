-- Refused calls, remembered for the figures. The one thing that a refusal writes.

create table peer_exchange.refusals (
  id              bigint generated always as identity primary key,
  refused_at      timestamptz not null default pg_catalog.now(),
  rpc             text not null,
  error_code      text not null,
  client_id       uuid,
  practitioner_id uuid,
  session_id      uuid
);

comment on table peer_exchange.refusals is
  'Refused calls, one row each, for so many days as peer_exchange.refusal_retention_days says and at most five million.';
comment on column peer_exchange.refusals.id is 'Grows by one with each; what is oldest is deleted first.';
comment on column peer_exchange.refusals.rpc is 'The function that was called.';
comment on column peer_exchange.refusals.error_code is 'The code of the refusal.';
comment on column peer_exchange.refusals.client_id is 'The client whom the call named, whether there is such a person or not.';
comment on column peer_exchange.refusals.practitioner_id is 'The practitioner whom the call named, whether there is such a person or not.';
comment on column peer_exchange.refusals.session_id is 'The session that the call named, whether there is such a session or not.';

-- A dump keeps the rows, and where the numbers have got to.
select pg_catalog.pg_extension_config_dump('peer_exchange.refusals', '');
select pg_catalog.pg_extension_config_dump('peer_exchange.refusals_id_seq', '');

-- Whole days are kept, so that no day's figures are those of a part of it.
create function peer_exchange.refusals_kept_from() returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.day_begins_at((now() at time zone zone)::date - (peer_exchange.refusal_retention_days() - 1), zone)
    from peer_exchange.default_time_zone() as zone
$$;

comment on function peer_exchange.refusals_kept_from() is
  'The beginning of the first day, in the time zone of the setting, whose refusals are kept.';
