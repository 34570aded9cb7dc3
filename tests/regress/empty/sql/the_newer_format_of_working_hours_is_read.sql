-- Several stretches a day: {"enabled", "hours": [{"start", "end"}]}.
begin;
call story.starts();
call give('Ann', 10000);
insert into practitioner_availability (user_id, working_hours) values (id('Ben'),
  '{"monday":    {"enabled": true,  "hours": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
    "tuesday":   {"enabled": false, "hours": [{"start": "09:00", "end": "12:00"}]},
    "wednesday": {"enabled": true,  "hours": []}}');
select book('Ann', 'Ben', '11:30') ->> 'error_code' as into_the_pause;
select book('Ann', 'Ben', '12:00') ->> 'error_code' as in_the_pause;
select book('Ann', 'Ben', '12:59') ->> 'error_code' as before_the_pause_ends;
select book('Ann', 'Ben', '10:00', day => monday() + 1) ->> 'error_code' as on_a_day_off;
select book('Ann', 'Ben', '10:00', day => monday() + 2) ->> 'error_code' as on_a_day_without_hours;
select book('Ann', 'Ben', '11:00') -> 'success' as up_to_the_pause;
select book('Ann', 'Ben', '13:00') -> 'success' as right_after_it;
rollback;
