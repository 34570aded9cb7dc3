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
       payload - array['session_id', 'session_date', 'starts_at', 'ends_at'] as payload,
       payload ->> 'session_id' = session('Ann', 'Ben')::text as of_that_session,
       payload ->> 'session_date' = monday()::text as on_that_day,
       payload ->> 'starts_at' = monday() || 'T09:30:00+00:00' and payload ->> 'ends_at' = monday() || 'T10:15:00+00:00' as at_these_instants
  from notifications
 order by person, type;
rollback;
