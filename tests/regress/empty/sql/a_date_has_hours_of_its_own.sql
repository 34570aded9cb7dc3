-- Exceptions count alike for whoever books, moves, asks for slots or searches.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 500);
call signs_in('Ben');
-- Ben works every day from nine to five; but on Monday late only, not on Tuesday, and into Thursday's morning.
select set_working_hours(
         (select jsonb_object_agg(day, '{"start": "09:00", "end": "17:00"}'::jsonb)
            from unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) as day)
         || jsonb_build_object('exceptions', jsonb_build_object(
              monday()::text, '[{"start": "18:00", "end": "20:00"}]'::jsonb, (monday() + 1)::text, '[]'::jsonb,
              (monday() + 2)::text, '[{"start": "22:00", "end": "02:00"}]'::jsonb)), null) ->> 'success' as published;
call signs_in('Ann');
select book('Ann', 'Ben', '10:00') ->> 'error_code' as monday_morning, book('Ann', 'Ben', '18:00') ->> 'status' as monday_evening,
       book('Ann', 'Ben', '10:00', day => monday() + 1) ->> 'error_code' as tuesday,
       book('Ann', 'Ben', '23:30', day => monday() + 2) ->> 'status' as wednesday_night,
       book('Ann', 'Ben', '01:00', day => monday() + 3) ->> 'status' as thursday_early,
       book('Ann', 'Ben', '02:00', day => monday() + 3) ->> 'error_code' as thursday_too_early,
       book('Ann', 'Ben', '10:00', day => monday() + 7) ->> 'status' as a_week_later;
select slot ->> 'start_time' as offered, (slot ->> 'session_date')::date - monday() as days_later
  from json_array_elements(get_available_slots(id('Ben'), monday(), monday() + 3, 60, 60) -> 'slots') as slot
 order by slot ->> 'session_date', slot ->> 'start_time';
select reschedule_peer_booking(session('Ann', 'Ben', '18:00'), monday() + 1, '10:00') ->> 'error_code' as to_tuesday,
       reschedule_peer_booking(session('Ann', 'Ben', '18:00'), monday(), '19:00') ->> 'start_time' as to_monday_evening;
select quote_peer_booking(id('Ann'), id('Ben'), monday() + 1, '10:00', 60, 'massage') ->> 'error_code' as quote_for_tuesday;

-- Who is away for a fortnight has no next slot.
call signs_in('Ben');
select set_working_hours(
         jsonb_build_object('exceptions', (select jsonb_object_agg(current_date + nth, '[]'::jsonb)
                                             from generate_series(-2, 17) as nth)), null) ->> 'success' as is_away;
call signs_in('Ann');
select practitioner ->> 'name' as name, practitioner -> 'next_free_slot' as next
  from json_array_elements(search_peer_practitioners('Ben') -> 'practitioners') as practitioner;

-- Tables that setup() made take no entry that means nothing; one that is older than the guard matters on its own day alone.
update practitioner_availability set working_hours = '{"exceptions": {"2026-12-24": 1}}' where user_id = id('Ben');
update practitioner_availability set working_hours = '{"exceptions": {"Christmas": []}}' where user_id = id('Ben');
update practitioner_availability set working_hours = '{"exceptions": []}' where user_id = id('Ben');
set local session_replication_role = replica;
update practitioner_availability
   set working_hours = jsonb_build_object('exceptions', jsonb_build_object((monday() + 1)::text, 'closed', 'Christmas', '[]'::jsonb))
 where user_id = id('Ben');
set local session_replication_role = origin;
reset request.jwt.claims;
select book('Ann', 'Ben', '10:00', day => monday() + 14) ->> 'status' as another_day;
select finding, who(user_id) as person, replace(value, (monday() + 1)::text, '<Tuesday>') as value from peer_exchange.verify_people();
\set VERBOSITY sqlstate
select book('Ann', 'Ben', '10:00', day => monday() + 1);
rollback;
