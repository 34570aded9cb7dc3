-- While the extension is away, a migration of the application may bring an older function back. It
-- goes where the first one went, beside it.
\i regress/adopted/scratch.sql
\set ECHO none
\i fixtures/existing_app.sql
\set ECHO all
create extension peer_exchange cascade;
do 'begin perform peer_exchange.setup(); end';
drop extension peer_exchange cascade;
create function public.process_peer_booking_refund(p_session_id uuid, p_cancellation_reason text)
returns json language sql as 'select null::json';
create extension peer_exchange;
do 'begin perform peer_exchange.setup(); end';
select proname as function, count(*)
  from pg_proc
 where pronamespace = 'peer_exchange_legacy'::regnamespace and proname like 'process_peer_booking_refund%'
 group by 1
 order by 1;
select count(*) as in_public, bool_and(prosrc like '%peer_exchange.%') as are_ours
  from pg_proc
 where pronamespace = 'public'::regnamespace and proname = 'process_peer_booking_refund';
\i regress/adopted/scratch_end.sql
