-- Ben gives to Ann and receives from Cyd. Both have their credits back, and are told.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Cyd', '12:00') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00', 30) -> 'success' as booked;
delete from notifications;

update users set is_active = false where id = id('Ben');
select * from sessions;
select * from balances;
select * from messages;
select books_balance();
select book('Ann', 'Ben', '10:00') ->> 'error_code' as code;
-- Coming back brings nothing back.
update users set is_active = true where id = id('Ben');
select status from sessions;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
rollback;

-- It is nobody's late cancellation: a policy does not apply, even where the client is the one who goes.
begin;
call story.starts();
call give('Ann', 100);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours) values (id('Ben'), 1000, 1000, 1000);
select book('Ann', 'Ben') -> 'success' as booked;
update users set is_active = false where id = id('Ann');
select * from sessions;
select * from balances;
select books_balance();
rollback;

-- What has begun or is over, and what is not between peers, stays.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
update client_sessions set session_date = (now() - interval '1 minute')::date, start_time = (now() - interval '1 minute')::time where start_time = '10:00';
update client_sessions set status = 'completed' where start_time = '12:00';
call inserts('Eli', 'Ben', '14:00', is_peer_booking => false);
update users set is_active = false where id = id('Ben');
select status, count(*) from client_sessions group by status order by status;
select books_balance();
rollback;
