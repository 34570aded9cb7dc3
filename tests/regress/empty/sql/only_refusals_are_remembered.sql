-- A success, a replay, a quote and a fault; what a transaction that rolls back has refused goes with it.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', key => 'one') ->> 'replayed' as replayed;
select book('Ann', 'Ben', key => 'one') ->> 'replayed' as replayed;
select get_practitioner_credit_cost(id('Ben'), 60) as cost;
select get_practitioner_credit_cost(id('Nobody'), 60) as cost;
select book('Ann', 'Ben', '24:00');
call signs_in('Cyd');
select book('Ann', 'Ben');
call signs_in(null);
update client_sessions set status = 'completed';
savepoint before;
select refund('Ann', 'Ben') ->> 'error_code' as code;
select count(*) from refusals();
rollback to before;
select count(*) from refusals();
rollback;
