-- A person reads title and body; a program reads the payload and needs no other table.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 5);
select book('Ann', 'Ben', '09:30', 45) -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;

select who(recipient_id) as person, type, title,
       replace(body, to_char(monday(), 'FMDD FMMonth YYYY'), '<that day>') as body
  from notifications
 order by person, type;
select who(recipient_id) as person, type,
       payload - array['session_id', 'session_date'] as payload,
       payload ->> 'session_id' = session('Ann', 'Ben')::text as of_that_session,
       payload ->> 'session_date' = monday()::text as on_that_day
  from notifications
 order by person, type;
rollback;
