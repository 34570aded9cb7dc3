begin;
call story.starts();
call give('Ann', 1000);
insert into calendar_events (user_id, title, start_time, end_time, event_type, status) values
  (id('Ben'), 'Holiday',   monday() + time '10:00', monday() + time '11:00', 'block',       'confirmed'),
  (id('Ben'), 'Dentist',   monday() + time '14:00', monday() + time '15:00', 'unavailable', 'confirmed'),
  -- None of these blocks anything.
  (id('Ben'), 'Maybe',     monday() + time '17:00', monday() + time '18:00', 'block',       'tentative'),
  (id('Ben'), 'Lunch',     monday() + time '17:00', monday() + time '18:00', 'appointment', 'confirmed'),
  (id('Ann'), 'Ann''s own', monday() + time '17:00', monday() + time '18:00', 'block',      'confirmed');
select world() as before \gset
select book('Ann', 'Ben', '10:00');
select book('Ann', 'Ben', '09:01') ->> 'error_code' as reaches_in;
select book('Ann', 'Ben', '10:59') ->> 'error_code' as begins_in;
select book('Ann', 'Ben', '09:00', 180) ->> 'error_code' as goes_around;
select book('Ann', 'Ben', '14:15', 15) ->> 'error_code' as lies_within;
select world() = :'before' as nothing_was_written;

select book('Ann', 'Ben', '09:00') -> 'success' as before_it;
select book('Ann', 'Ben', '11:00') -> 'success' as after_it;
select book('Ann', 'Ben', '17:00') -> 'success' as beside_other_events;
rollback;
