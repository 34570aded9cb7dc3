-- Nothing is executable by everybody; signed-in people and the service call what is theirs, and only the
-- service reads what is kept here.
--
-- A function for its fixed search_path, and only for as long as it runs: the script itself runs on the
-- installer's, where somebody else's objects could stand before those of pg_catalog.
create function peer_exchange.close_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  closed_to text;
  role_name name;
begin
  -- By name as well, whatever the default privileges of the database gave away.
  for closed_to in
    select 'public' union all select quote_ident(rolname) from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format($revoke$
      revoke all on function
        public.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
        public.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid),
        public.process_peer_booking_refund(uuid, text),
        public.get_practitioner_credit_cost(uuid, integer, uuid),
        public.claim_notifications(integer, interval),
        public.ack_notifications(uuid[]),
        public.fail_notification(uuid, text),
        public.get_available_slots(uuid, date, date, integer, integer, uuid),
        public.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
        public.search_peer_practitioners(text, text, text, text, integer, integer, integer),
        public.get_credit_statement(date, date, integer, text),
        public.get_my_peer_sessions(text, integer, text),
        public.mark_notifications_read(uuid[]),
        public.reschedule_peer_booking(uuid, date, time, text)
      from %1$s;
      revoke all on all functions in schema peer_exchange from %1$s;
      revoke all on all tables in schema peer_exchange from %1$s;
      revoke all on all sequences in schema peer_exchange from %1$s $revoke$, closed_to);
  end loop;
  for role_name in
    select rolname from pg_roles where rolname in ('authenticated', 'service_role')
  loop
    perform peer_exchange.grant_functions(role_name);
  end loop;
end $$;

select peer_exchange.close_functions();
drop function peer_exchange.close_functions();
