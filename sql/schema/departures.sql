-- People who were deleted. The ledger outlives them, and with it the keys under which it was written: to somebody who comes
-- later under the same id they say nothing. A dump keeps the rows.
create table peer_exchange.departures (
  person_id uuid        primary key,
  left_at   timestamptz not null
);

comment on table peer_exchange.departures is 'People of whom the ledger tells and who were deleted.';
comment on column peer_exchange.departures.left_at is 'When, the last time.';

select pg_catalog.pg_extension_config_dump('peer_exchange.departures', '');
