-- Its practitioner's address, else where she works; in the lists of both, and in what they are told while it matters.
begin;
call story.starts();
call give('Ann', 1000);
update users set location = 'Leeds' where id = id('Ben');
select book('Ann', 'Ben', '09:00') -> 'success' as booked;
update users set visit_address = E'12 Mill Lane,\nLeeds' where id = id('Ben');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select ask('Ann', 'Ben', '11:00') -> 'success' as asked;
select accept('Ann', 'Ben', '11:00') -> 'success' as accepted;
select reschedule_peer_booking(session('Ann', 'Ben', '09:00'), monday(), '15:00') -> 'success' as moved;
call signs_in('Ann');
select session ->> 'start_time' as at, session -> 'place' as place from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
call signs_in('Ben');
select session ->> 'start_time' as at, session -> 'place' as place from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
call signs_in(null);
update users set visit_address = 'https://meet.example/ben' where id = id('Ben');
select set_config('peer_exchange.reminder_minutes_before', '43200', true) is not null as set;
call waits('31 days');
update peer_exchange.session_moves set moved_at = now() - interval '31 days';
select peer_exchange.send_due_reminders() as reminders;
select process_peer_booking_refund(session('Ann', 'Ben', '10:00'), 'Ill') -> 'success' as cancelled;
select type, who(recipient_id), payload ->> 'start_time' as at, payload ->> 'place' as place,
       substring(body from 'It takes place .*') as said
  from notifications
 where recipient_id in (id('Ann'), id('Ben'))
   and type <> 'peer_credits_granted'
 order by id;

-- Whatever is written there.
create function pg_temp.place(written text) returns json
language plpgsql
as $$
begin
  update users set visit_address = written where id = id('Ben');
  return get_my_peer_sessions() -> 'sessions' -> 0 -> 'place';
end $$;
call signs_in('Ann');
select written, pg_temp.place(written) as place
  from unnest(array['Online', 'online, by video', 'HTTP://meet.example/1', 'https://meet.example/1 code 7', ' ', null, '{"city": "York"}', '7']) as written;
select length(pg_temp.place(repeat('ä', 1000000)) ->> 'text') as characters,
       pg_temp.place('https://' || repeat('a', 1000000)) as endless;
call signs_in(null);
update users set visit_address = repeat('ä', 1000000) where id = id('Ben');
select book('Ann', 'Ben', '20:00') -> 'success' as booked;
update users set location = null, visit_address = null where id = id('Ben');
call signs_in('Ann');
select pg_temp.place(null) as unknown;
rollback;
