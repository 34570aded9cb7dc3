-- Columns of the application's own, of whatever type, and none of them.
begin;
call story.starts();
call give('Ann', 1000);
create function pg_temp.sees(person text) returns table (place json, phone text)
language plpgsql
as $$
begin
  call signs_in(person);
  return query select session -> 'place', session -> 'counterpart' ->> 'phone'
                 from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
  call signs_in(null);
end $$;
create function pg_temp.told() returns setof text
language sql
as $$
  select payload ->> 'place' from notifications
   where type::text = 'peer_booking_confirmed_client' order by id desc limit 1
$$;

alter table users add column phone varchar(30);
update users set phone = ' +44 20 7946 0000 ', location = 'Leeds' where id = id('Ben');
alter table client_sessions add column meeting_url jsonb default '"https://meet.example/7"';
select book('Ann', 'Ben') -> 'success' as booked;
select * from pg_temp.told();
select * from pg_temp.sees('Ann');
select * from pg_temp.sees('Ben');
-- The session's own place counts before its practitioner's; a trigger may have set it.
create type kind_of_place as enum ('online', 'Room 4');
alter table client_sessions add column location kind_of_place;
create function pg_temp.place() returns trigger language plpgsql as $$ begin new.location := 'Room 4'; return new; end $$;
create trigger place before insert on client_sessions for each row execute function pg_temp.place();
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
select * from pg_temp.told();
update client_sessions set location = 'online' where client_id = id('Ann') and therapist_id = id('Ben');
select * from pg_temp.sees('Ann');
select reschedule_peer_booking(session('Ann', 'Ben', '12:00'), monday(), '14:00') -> 'success' as moved;
select payload ->> 'place' as place from notifications where type::text = 'peer_booking_rescheduled' and recipient_id = id('Ann');
-- Nobody calls whom she has given up to meet.
select refund('Ann', 'Ben', '14:00') -> 'success' as cancelled;
call signs_in('Ann');
select session -> 'counterpart' -> 'phone' as phone from json_array_elements(get_my_peer_sessions('past') -> 'sessions') as session
 where session ->> 'status' = 'cancelled' limit 1;
call signs_in(null);
-- Where the application has none of it.
alter table client_sessions drop column location, drop column meeting_url;
alter table users rename column phone to mobile;
alter table users rename column location to town;
alter table users drop column visit_address;
drop trigger place on client_sessions;
select book('Ann', 'Ben', '16:00') -> 'success' as booked;
select * from pg_temp.told();
select * from pg_temp.sees('Ann');
rollback;
