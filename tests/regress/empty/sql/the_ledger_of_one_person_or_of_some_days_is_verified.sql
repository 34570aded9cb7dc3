-- All of it, what concerns one person, or what entries of some days concern.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('10 days');
select book('Cyd', 'Ben', '12:00') -> 'success' as booked;
create function pg_temp.found(person text, since interval default null, until interval default null)
returns table (finding text, of_person text, of_session boolean)
language sql
as $$
  select finding, who(user_id), session_id is not null
    from peer_exchange.verify_ledger(case when person is not null then id(person) end, now() - since, now() - until) order by 1, 2
$$;
select count(*) as in_a_healthy_database from peer_exchange.verify_ledger();
select count(*) as of_nobody from pg_temp.found(null, '1 day', '2 days');

set local session_replication_role = replica;
update credits set balance = balance + 7 where user_id in (id('Ann'), id('Cyd'));
delete from credit_transactions where transaction_type = 'session_earning' and session_id = session('Ann', 'Ben');
set local session_replication_role = origin;
select finding, who(user_id) as of_person from peer_exchange.verify_ledger() order by 1, 2;
select * from pg_temp.found('Ann');
select * from pg_temp.found('Ben');
select * from pg_temp.found('Cyd');
select * from pg_temp.found('Nobody');
-- Whom entries of a period concern is verified from the first entry on.
select * from pg_temp.found(null, '1 day');
select * from pg_temp.found(null, '20 days', '5 days');
select * from pg_temp.found('Ann', '20 days', '5 days');
select * from pg_temp.found('Ann', '1 day');
select * from pg_temp.found(null, null, null);
rollback;
