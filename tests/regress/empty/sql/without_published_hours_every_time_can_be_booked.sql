begin;
call story.starts();
call give('Ann', 10000);
select book('Ann', 'Ben', '03:00') -> 'success' as no_row;
-- A row that publishes a time zone alone.
insert into practitioner_availability (user_id, timezone) values (id('Cyd'), 'UTC');
select book('Ann', 'Cyd', '04:00') -> 'success' as no_hours_in_the_row;
rollback;
