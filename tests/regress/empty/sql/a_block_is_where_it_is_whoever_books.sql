-- A calendar whose columns say no time zone is read in that of the owner's sessions, which is what the application writes
-- there, whatever zone a caller has asked PostgREST for.
begin;
call story.starts();
call lives_in('America/New_York');
alter table calendar_events alter start_time type timestamp, alter end_time type timestamp;
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'America/New_York');
insert into calendar_events (user_id, start_time, end_time)
values (id('Ben'), monday() + time '10:00', monday() + time '11:00');
call give('Ann', 100);
create function pg_temp.from_afar(zone text) returns table (at_09_30 text, at_10_30 text, at_11_00 text, slots json)
language sql as $$
  select set_config('timezone', zone, true);
  with told as materialized (
    select start, coalesce(quote_peer_booking(id('Ann'), id('Ben'), monday(), start::time, 60, 'massage') ->> 'error_code', 'free') as answer
      from unnest(array['09:30', '10:30', '11:00']) as start)
  select (select answer from told where start = '09:30'), (select answer from told where start = '10:30'),
         (select answer from told where start = '11:00'),
         (select json_agg(slot ->> 'start_time')
            from json_array_elements(get_available_slots(id('Ben'), monday(), monday(), 60, 60) -> 'slots') as slot
           where slot ->> 'start_time' between '08:00' and '12:00');
$$;
select * from pg_temp.from_afar('America/New_York');
select * from pg_temp.from_afar('Asia/Tokyo');
select * from pg_temp.from_afar('Pacific/Kiritimati');
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
rollback;
