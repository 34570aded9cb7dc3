-- Even privileged code that raises credit_cost behind the guards raises no refund.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
set local session_replication_role = replica;
update client_sessions set credit_cost = 100000;
set local session_replication_role = origin;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
select books_balance();
rollback;
