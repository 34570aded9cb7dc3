begin;
call story.starts();
call give('Ann', 1000);
call give('Cyd', 1000);
select book('Ann', 'Ben', '23:30', 60) -> 'success' as booked;
select upper(occupied_during) = monday() + 1 + time '00:30' as ends_next_day from client_sessions;
select book('Cyd', 'Ben', '00:29', 60, monday() + 1) ->> 'error_code' as into_it;
select book('Cyd', 'Ben', '00:30', 60, monday() + 1) -> 'success' as after_it;
rollback;

-- Hours that touch at midnight are one stretch; hours that end at midnight alone are not.
begin;
call story.starts();
call give('Ann', 1000);
insert into practitioner_availability (user_id, working_hours) values (id('Ben'),
  '{"monday": {"enabled": true, "start": "20:00", "end": "24:00"}, "tuesday": {"enabled": true, "start": "00:00", "end": "02:00"},
    "thursday": {"enabled": true, "start": "20:00", "end": "24:00"}}');
select book('Ann', 'Ben', '23:30', day => monday()) -> 'success' as across;
select book('Ann', 'Ben', '23:30', day => monday() + 3) ->> 'error_code' as beyond;
select book('Ann', 'Ben', '23:00', day => monday() + 3) -> 'success' as up_to;
rollback;
