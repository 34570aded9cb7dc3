-- One stretch a day: {"enabled", "start", "end"}.
begin;
call story.starts();
call give('Ann', 10000);
insert into practitioner_availability (user_id, working_hours) values (id('Ben'),
  '{"monday": {"enabled": true, "start": "09:00", "end": "17:00"}, "tuesday": {"enabled": false, "start": "09:00", "end": "17:00"}}');
select world() as before \gset
select book('Ann', 'Ben', '08:59');
select book('Ann', 'Ben', '16:01') ->> 'error_code' as ends_after_hours;
select book('Ann', 'Ben', '20:00') ->> 'error_code' as after_hours;
select book('Ann', 'Ben', '10:00', day => monday() + 1) ->> 'error_code' as on_a_day_off;
select book('Ann', 'Ben', '10:00', day => monday() + 2) ->> 'error_code' as on_a_day_without_hours;
select world() = :'before' as nothing_was_written;

select book('Ann', 'Ben', '09:00') -> 'success' as first_hour;
select book('Ann', 'Ben', '16:00') -> 'success' as last_hour;
rollback;
