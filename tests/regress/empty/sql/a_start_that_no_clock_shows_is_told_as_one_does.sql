-- On a Sunday in March London has no half past one: it is half past two then, and nobody is told otherwise.
begin;
call story.starts();
call give('Ann', 300);
set local peer_exchange.max_advance_days = 800;
set local peer_exchange.unpublished_hours = 'any';
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
select max(day)::date as change
  from generate_series(date_trunc('year', now()) + interval '1 year 2 months', date_trunc('year', now()) + interval '1 year 2 months 30 days', interval '1 day') as day
 where extract(isodow from day) = 7 \gset

select book('Ann', 'Ben', '01:30', 60, :'change') -> 'success' as booked;
select lower(occupied_during) at time zone 'UTC' - :'change' as starts_in_utc from client_sessions;
call signs_in('Ann');
select (listed ->> 'session_date')::date - :'change' as day, listed ->> 'start_time' as start_time, listed ->> 'timezone' as timezone
  from json_array_elements(get_my_peer_sessions() -> 'sessions') as listed;
select distinct entry -> 'session' ->> 'start_time' as in_the_statement
  from json_array_elements(get_credit_statement() -> 'entries') as entry
 where entry ->> 'transaction_type' = 'session_payment';
select distinct payload ->> 'start_time' as start_time, payload ->> 'timezone' as timezone, body like '%at 02:30%' as so_in_words from notifications where type like 'peer_booking%';
-- Nor is a move told otherwise.
select reply ->> 'start_time' as start_time, reply ->> 'previous_start_time' as previous
  from reschedule_peer_booking(session('Ann', 'Ben'), :'change', '01:45') as reply;

-- Such starts are offered once, under the name that the clock gives them.
call signs_in(null);
insert into practitioner_availability (user_id, timezone) values (id('Cyd'), 'Europe/London');
select slot ->> 'start_time' as start_time
  from json_array_elements(get_available_slots(id('Cyd'), :'change', :'change', 60, 30) -> 'slots') as slot
 where slot ->> 'start_time' < '05';
rollback;
