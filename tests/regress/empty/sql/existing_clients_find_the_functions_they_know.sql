-- PostgREST calls by the names of arguments; existing clients know these, and their defaults.
select proname as function, pg_get_function_arguments(oid) as arguments, pg_get_function_result(oid) as result,
       provolatile as volatility, prosecdef as is_definer
  from pg_proc
 where pronamespace = 'public'::regnamespace
   and (proname like '%peer_booking%' or proname = 'get_practitioner_credit_cost')
 order by proname \gx
-- Postgres inlines the wrappers: what is run is the compiled function alone.
explain (verbose, costs off) select public.get_practitioner_credit_cost('a0000000-0000-4000-8000-000000000002', 60);
explain (verbose, costs off) select public.process_peer_booking_refund('a0000000-0000-4000-8000-000000000009');
