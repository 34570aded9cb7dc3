-- Beside ours PostgREST could not choose between them.
select oid::regprocedure as function from pg_proc where pronamespace = 'peer_exchange_legacy'::regnamespace order by oid::regprocedure::text;
select proname as function, count(*) from pg_proc
 where pronamespace = 'public'::regnamespace
   and proname in ('create_peer_booking', 'process_peer_booking_credits', 'process_peer_booking_refund', 'get_practitioner_credit_cost')
 group by proname order by proname;
