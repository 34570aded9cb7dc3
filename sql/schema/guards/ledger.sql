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
