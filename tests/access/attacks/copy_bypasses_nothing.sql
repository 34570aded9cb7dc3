begin;
call access.becomes('Ann');
call access.fails('copy public.credits from program ''true''');
call access.fails('copy public.credits to program ''true''');
call access.fails('copy public.credits (user_id, balance) from ''/dev/null''');
rollback;

-- COPY from a client fires the guards and the policies as INSERT does. Postgres has no COPY into a
-- table with row-level security at all for those whom the policies concern.
\set ON_ERROR_STOP off
begin;
call access.becomes('Ann');
copy public.credits (user_id, balance) from stdin;
d0000000-0000-4000-8000-000000000001	1000
\.
\set copied_balance :SQLSTATE
rollback;
begin;
call access.becomes('Ann');
copy public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) from stdin;
d0000000-0000-4000-8000-000000000002	d0000000-0000-4000-8000-000000000001	Ben Doe	2100-01-01	10:00	60	true
\.
\set copied_session :SQLSTATE
rollback;
\set ON_ERROR_STOP on
select set_config('access.states', :'copied_balance' || ' ' || :'copied_session', false) as states;
do $$
begin
  assert current_setting('access.states') in ('42501 0A000', '42501 42501'), current_setting('access.states');
end $$;
call access.nothing_happened();
