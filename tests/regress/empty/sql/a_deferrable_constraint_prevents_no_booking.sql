-- A deferrable constraint of the application can't be asked beforehand whether it is met.
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
alter table client_sessions add constraint one_at_a_time unique (therapist_id, session_date, start_time) deferrable initially deferred;
alter table client_sessions add constraint no_third exclude using gist (client_id with =, occupied_during with &&) deferrable;
alter table credits add constraint one_balance unique (user_id) deferrable;
alter table notifications add constraint no_twin unique (recipient_id, type, body) deferrable initially deferred;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
-- The cancelled one still has its place in that rule.
savepoint refunded;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
set constraints one_at_a_time immediate;
rollback to refunded;
select book('Ann', 'Ben', '11:00') -> 'success' as booked;
set constraints all immediate;
select * from sessions;
select books_balance();
rollback;
