-- Privileged code behind the guards; verify_ledger() finds each kind of tampering.
begin;
call story.starts();
call give('Ann', 500);
call give('Cyd', 500);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Cyd', 'Ben', '12:00') -> 'success' as booked;
select refund('Cyd', 'Ben') -> 'success' as refunded;
select count(*) as findings_in_a_healthy_database from peer_exchange.verify_ledger();
create temporary view findings as
  select finding, who(user_id) as person, session_id is not null as of_session, expected, actual
    from peer_exchange.verify_ledger() order by 1, 2, 3, 4, 5;

savepoint healthy;
-- a balance that no row explains
update credits set balance = balance + 7 where user_id = id('Ann');
select * from findings;
rollback to healthy;

-- a debt struck off
update credits set owed = 3 where user_id = id('Ben');
select * from findings;
rollback to healthy;

-- a balance row gone
delete from credits where user_id = id('Ann');
select * from findings;
rollback to healthy;

set local session_replication_role = replica;
-- an entry gone
delete from credit_transactions where transaction_type = 'session_earning' and session_id = session('Ann', 'Ben');
select * from findings;
rollback to healthy;

-- an amount raised
set local session_replication_role = replica;
update credit_transactions set amount = 61 where transaction_type = 'session_payment' and session_id = session('Ann', 'Ben');
select * from findings;
rollback to healthy;

-- an amount raised together with what stands after it
set local session_replication_role = replica;
update credit_transactions set amount = 600, balance_after = 600 where transaction_type = 'bonus' and user_id = id('Ann');
update credits set balance = balance + 100 where user_id = id('Ann');
select * from findings;
rollback to healthy;

-- a refund given twice, with its reversal
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
values (id('Cyd'), 'refund', 60, 500, 560, session('Cyd', 'Ben'), now() + interval '1 hour'),
       (id('Ben'), 'session_earning_reversal', 60, 60, 0, session('Cyd', 'Ben'), now() + interval '1 hour');
update credits set balance = 560 where user_id = id('Cyd');
update credits set balance = 0 where user_id = id('Ben');
select * from findings;
rollback to healthy;

-- a session charged twice
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
values (id('Ann'), 'session_payment', 60, 440, 380, session('Ann', 'Ben'), now() + interval '1 hour'),
       (id('Ben'), 'session_earning', 60, 60, 120, session('Ann', 'Ben'), now() + interval '1 hour');
update credits set balance = 380 where user_id = id('Ann');
update credits set balance = 120 where user_id = id('Ben');
select * from findings;
rollback to healthy;

-- a session cancelled around its refund
set local session_replication_role = replica;
update client_sessions set status = 'cancelled' where client_id = id('Ann');
select * from findings;
rollback to healthy;

-- a balance below zero
set local session_replication_role = replica;
alter table credits drop constraint credits_balance_not_negative;
update credits set balance = -1 where user_id = id('Ann');
select * from findings;
rollback to healthy;

select * from findings;
rollback;
