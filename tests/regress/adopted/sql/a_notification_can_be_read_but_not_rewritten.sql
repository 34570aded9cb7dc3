\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
call signs_in('Ann');
set local role authenticated;
update notifications set read_at = now();
update notifications set read = true;
update notifications set dismissed_at = now();
update notifications set title = 'You have won';
update notifications set body = 'You have won';
update notifications set payload = '{}';
update notifications set recipient_id = id('Ben');
update notifications set type = 'booking_request';
reset role;
call signs_in(null);
select who(recipient_id) as person, read_at is not null as is_read, read, count(*) from notifications group by 1, 2, 3 order by 1;
select count(*) as won from notifications where 'You have won' in (title, body);
rollback;
