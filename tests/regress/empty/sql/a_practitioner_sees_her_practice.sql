-- All of it in one reply, whatever is wrong with some of it.
begin;
call story.starts();
call give('Ann', 300);
set local peer_exchange.settlement = 'completion';
call signs_in('Ben');
select jsonb_pretty(get_my_practice()::jsonb) as of_a_newcomer;
select set_working_hours('{"monday": {"start": "09:00", "end": "21:00"}, "exceptions": {"2026-12-24": []}}', 'Europe/London') ->> 'success' as hours,
       set_cancellation_policy(48, 24, 50) ->> 'success' as policy, save_product(null, 'Deep tissue', 90, 120) ->> 'success' as product,
       set_practice_profile('Leeds', 'https://meet.example.test/ben', '{Knees}') ->> 'success' as profile;
call signs_in('Ann');
select book('Ann', 'Ben', '10:00') ->> 'status' as booked, ask('Ann', 'Ben', '12:00') ->> 'status' as asked_for;
call signs_in('Ben');
select jsonb_pretty(jsonb_set(get_my_practice()::jsonb, '{products,0,product_id}', 'null')) as later;
reset request.jwt.claims;
-- Older than the guard.
set local session_replication_role = replica;
update practitioner_availability set working_hours = '{"monday": "closed", "friday": {"start": "09:00", "end": "17:00"}}', timezone = 'Mars/Base';
set local session_replication_role = origin;
call signs_in('Ben');
select practice ->> 'timezone' as timezone, practice ->> 'published_timezone' as published, practice ->> 'unreadable_hours' as unreadable,
       practice -> 'working_hours' -> 'friday' as friday, practice -> 'working_hours' -> 'monday' as monday
  from get_my_practice() as practice;
rollback;
