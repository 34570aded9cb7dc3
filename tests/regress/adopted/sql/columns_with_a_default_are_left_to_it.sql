-- The application must have them filled; it has said with what.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table client_sessions add room integer not null default 7;
alter table credits add tier text not null default 'bronze';
alter table credit_transactions add currency text not null default 'credit', add number bigint generated always as identity;
alter table notifications add channel text not null default 'app', add length integer generated always as (length(title)) stored not null;
update credits set current_balance = balance;

create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select room from client_sessions where is_peer_booking;
select distinct currency, number > 0 as numbered from credit_transactions;
select distinct channel, length = length(title) as measured from notifications;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
