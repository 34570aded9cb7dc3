begin;
call story.starts();
call give('Ann', 1000);
insert into practitioner_availability (user_id, timezone, working_hours)
values (id('Ben'), 'Asia/Tokyo', '{"monday": {"enabled": true, "start": "09:00", "end": "17:00"}}');
set local timezone = 'America/New_York';
select book('Ann', 'Ben', '09:00') -> 'success' as at_nine;
select book('Ann', 'Ben', '16:00') -> 'success' as up_to_five;
select book('Ann', 'Ben', '08:30') ->> 'error_code' as before_nine;
select book('Ann', 'Ben', '10:00', day => monday() - 1) ->> 'error_code' as on_a_sunday;
rollback;
