-- What was booked stays where it was booked; that it would overlap by today's time zone is no conflict.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/Berlin');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
update practitioner_availability set timezone = 'America/New_York';
select book('Cyd', 'Ben', '10:00') -> 'success' as booked;
select distinct action from peer_exchange.setup();
select count(*) as constraints from pg_constraint where conname = 'client_sessions_no_overlap';
rollback;
