-- Product, price, policy and notice.
begin;
call story.starts();
call give('Ann', 200);
insert into practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost, is_active)
values ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'Long', 90, 45, true);
select ask('Ann', 'Ben', product => 'b0000000-0000-4000-8000-000000000001') -> 'credit_cost' as cost;
update practitioner_products set duration_minutes = 30, credit_cost = 10, is_active = false;
set local peer_exchange.credits_per_minute = 10;
set local peer_exchange.min_notice_minutes = 100000;
select accept('Ann', 'Ben') -> 'credit_cost' as cost;
select minutes, cost from sessions;
select * from accounts();
select books_balance();
rollback;

-- Who is inactive, blocked or out of hours meanwhile can't.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
savepoint before;
insert into calendar_events (user_id, start_time, end_time, event_type, status)
values (id('Ben'), monday() + time '09:00', monday() + time '11:00', 'block', 'confirmed');
select accept('Ann', 'Ben') ->> 'error_code' as code;
rollback to savepoint before;
insert into practitioner_availability (user_id, working_hours)
values (id('Ben'), '{"monday": {"enabled": false}}');
select accept('Ann', 'Ben') ->> 'error_code' as code;
rollback to savepoint before;
update users set user_role = 'patient' where id = id('Ben');
select accept('Ann', 'Ben') ->> 'error_code' as code;
rollback to savepoint before;
-- Whoever leaves has no request any more.
update users set is_active = false where id = id('Ben');
select status from sessions;
select * from accounts();
select accept('Ann', 'Ben') -> 'details' as details;
select * from messages where type <> 'peer_booking_requested';
select books_balance();
rollback;
