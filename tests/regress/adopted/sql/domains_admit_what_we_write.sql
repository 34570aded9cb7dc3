-- Values that an application has closed by a domain; one of another domain, which is shared; and one that is too short.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create domain word as text check (value <> '');
create domain session_state as word check (value in ('scheduled', 'completed', 'cancelled', 'confirmed', 'in_progress', 'pending_payment'));
create domain kind_of_entry as text constraint known check (value in ('session_payment', 'credit_purchase', 'session_earning', 'refund', 'bonus'));
create domain kind_of_news as varchar(24);
create domain news as kind_of_news;
drop index idx_client_sessions_no_double_booking;
alter table client_sessions alter status drop default, alter status type session_state using status::text,
                            alter status set default 'scheduled';
alter table credit_transactions drop constraint credit_transactions_transaction_type_check,
                                alter transaction_type type kind_of_entry;
alter table notifications alter type type news using left(type::text, 24);
update credits set current_balance = balance;
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
alter table notifications alter type type text;
select object, detail from peer_exchange.setup() where object like '%domain%';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select 'stolen'::session_state;
select ''::session_state;
select 'theft'::kind_of_entry;
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select ask('Ann', 'Cyd', '14:00', 30) -> 'success' as asked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
