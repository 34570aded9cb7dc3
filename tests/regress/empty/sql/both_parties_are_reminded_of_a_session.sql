-- A reminder says when and with whom, in words and as data, and each is sent once.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 5);
select book('Ann', 'Ben', minutes => 45) -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '23 hours');

select peer_exchange.send_due_reminders() as sent;
select peer_exchange.send_due_reminders() as sent_again;
select who(recipient_id) as person, type, title,
       replace(replace(body, to_char(session_date, 'FMDD FMMonth YYYY'), '<that day>'), to_char(start_time, 'HH24:MI'), '<that time>') as body
  from notifications, client_sessions
 where type = 'peer_booking_reminder'
 order by person;
select who(recipient_id) as person, payload - array['session_id', 'session_date', 'start_time', 'starts_at', 'ends_at'] as payload,
       payload ->> 'session_id' = session('Ann', 'Ben')::text as of_that_session,
       (payload ->> 'session_date')::date = session_date as on_that_day,
       payload ->> 'start_time' = to_char(start_time, 'HH24:MI') as at_that_time,
       tstzrange((payload ->> 'starts_at')::timestamptz, (payload ->> 'ends_at')::timestamptz) = occupied_during as at_these_instants
  from notifications, client_sessions
 where type = 'peer_booking_reminder'
 order by person;

-- The next one comes when it is due.
call begins_in('Ann', 'Ben', '23 hours');
update peer_exchange.sent_reminders set starts_at = starts_at - interval '22 hours';
call begins_in('Ann', 'Ben', '1 hour');
select peer_exchange.send_due_reminders() as sent;
select * from reminders;
rollback;
