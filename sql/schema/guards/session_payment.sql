-- What the library's own statements make of a session's payment. They do not write it themselves: an application may
-- keep the people of a session from changing those columns, and means them, not us. This fires last.
create function peer_exchange.write_payment_by_owner() returns trigger
language plpgsql
-- Without a search_path of its own, which would take longer than all the rest of it: every name is qualified.
as $$
declare
  -- Asked one by one: a query for both would take longer than the rest.
  payment_status constant pg_catalog.text := peer_exchange.payment_status_under_way();
  credit_cost    constant pg_catalog.int4 := peer_exchange.credit_cost_under_way();
begin
  if payment_status is not null then
    new.payment_status := payment_status;
  end if;
  if credit_cost is not null then
    new.credit_cost := credit_cost;
    if tg_op operator(pg_catalog.=) 'UPDATE' then
      delete from peer_exchange.awaited_charges where session_id operator(pg_catalog.=) new.id;
    end if;
  end if;
  return new;
end $$;

comment on function peer_exchange.write_payment_by_owner() is
  'What peer_exchange.write_payment does in a statement of the library''s own.';

create function peer_exchange.write_payment() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_in_own_write';

comment on function peer_exchange.write_payment() is
  'Trigger: writes what a booking, a charge or a cancellation makes of a session''s payment; passes all other statements.';
