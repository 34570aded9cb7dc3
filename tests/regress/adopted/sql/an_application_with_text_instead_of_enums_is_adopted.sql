\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
drop index idx_client_sessions_no_double_booking;
alter table client_sessions alter status drop default, alter status type text, alter status set default 'scheduled';
alter table users alter user_role drop default, alter user_role type varchar(40), alter user_role set default 'guest';
alter table notifications alter type type text;
drop type session_status, notification_type, user_role;
update credits set current_balance = balance;

create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
update client_sessions set status = 'cancelled' where id = session('Ann', 'Cyd');
select * from sessions;
select * from messages;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
