begin;
call doors.becomes('Ann');
call doors.fails('copy public.credits from program ''true''');
call doors.fails('copy public.credits to program ''true''');
call doors.fails('copy public.credits (user_id, balance) from ''/dev/null''');
rollback;

-- COPY from a client fires the guards and the policies as INSERT does. Postgres has no COPY into a
-- table with row-level security at all for those whom the policies concern.
\set ON_ERROR_STOP off
begin;
call doors.becomes('Ann');
copy public.credits (user_id, balance) from stdin;
d0000000-0000-4000-8000-000000000001	1000
\.
\set copied_balance :SQLSTATE
rollback;
begin;
call doors.becomes('Ann');
copy public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) from stdin;
d0000000-0000-4000-8000-000000000002	d0000000-0000-4000-8000-000000000001	Ben Door	2100-01-01	10:00	60	true
\.
\set copied_session :SQLSTATE
rollback;
\set ON_ERROR_STOP on
select set_config('doors.states', :'copied_balance' || ' ' || :'copied_session', false) as states;
do $$
begin
  assert current_setting('doors.states') in ('42501 0A000', '42501 42501'), current_setting('doors.states');
end $$;
call doors.nothing_happened();
