\set VERBOSITY terse
-- A session that was booked takes place at its instant. A practitioner who could move it into the
-- past by publishing another time zone could keep the credits for a session that she never gave.
begin;
call story.starts();
call story.give('Ann', 100);
select book('Ann', 'Ben', (now() + interval '5 hours')::time, day => (now() + interval '5 hours')::date) ->> 'success' as booked;
create temp table booked on commit drop as select occupied_during from public.client_sessions;

-- On Ben's new clock the session would have begun nine hours ago.
insert into public.practitioner_availability (user_id, timezone) values (id('Ben'), 'Pacific/Kiritimati');
update public.client_sessions set status = 'confirmed';
select session.occupied_during = booked.occupied_during as takes_place_as_booked
  from public.client_sessions as session, booked;
select action, count(*) > 0 as some from peer_exchange.setup() group by action;
select session.occupied_during = booked.occupied_during as takes_place_as_booked
  from public.client_sessions as session, booked;

call signs_in('Ann');
select refund('Ann', 'Ben') ->> 'refunded_credits' as refunded;
rollback;
