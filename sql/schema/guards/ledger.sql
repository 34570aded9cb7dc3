-- The ledger is append-only, for everyone: a correction is a new row.
create function peer_exchange.guard_ledger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise insufficient_privilege using
    message = format('the ledger is append-only: %s is refused', tg_op),
    hint    = 'Write a correction as a new row of type adjustment.';
end $$;

comment on function peer_exchange.guard_ledger() is
  'Trigger: refuses UPDATE, DELETE and TRUNCATE of credit_transactions.';

-- What stands beside it is not emptied away either, whatever default privileges gave away: until setup() has revoked them
-- in a restored copy, this alone is in the way.
create function peer_exchange.refuse_truncation() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise restrict_violation using
    message = format('%s can''t be truncated away', case tg_table_name when 'credits' then 'balances' else 'sessions' end),
    hint    = 'The ledger refers to them.';
end $$;

comment on function peer_exchange.refuse_truncation() is
  'Trigger: refuses TRUNCATE of balances and of sessions.';
