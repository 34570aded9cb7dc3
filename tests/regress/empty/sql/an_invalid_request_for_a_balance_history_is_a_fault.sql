\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call signs_in('Ann');
-- a day to 400
select json_array_length(get_balance_history('2026-01-01', '2026-01-01') -> 'days') as days;
select json_array_length(get_balance_history('2026-01-01', '2027-02-04') -> 'days') as days;
select get_balance_history('2026-01-01', '2027-02-05');
select get_balance_history('2026-01-02', '2026-01-01');
select get_balance_history('2020-01-01');
select get_balance_history('infinity');
select get_balance_history('-infinity', 'infinity');
select get_balance_history(null, '-infinity')::jsonb -> 'days' -> 0 ->> 'balance' as balance;
select get_balance_history('infinity', 'infinity')::jsonb -> 'days' -> 0 ->> 'balance' as balance;
select get_balance_history('9999-12-31', '9999-12-31')::jsonb -> 'days' -> 0 ->> 'date' as date;
-- Neither the service nor a token without a person has one.
call signs_in(null);
select get_balance_history();
set local request.jwt.claims = '{"role": "service_role"}';
select get_balance_history();
set local request.jwt.claims = '{"role": "anon"}';
select get_balance_history();
rollback;
