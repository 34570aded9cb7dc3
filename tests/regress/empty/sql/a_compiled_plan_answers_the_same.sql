-- What the planner has compiled is the same statement.
begin;
call story.starts();
set local jit = on;
set local jit_above_cost = 0;
set local jit_inline_above_cost = 0;
set local jit_optimize_above_cost = 0;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
call signs_in('Ann');
select json_array_length(get_credit_statement() -> 'entries') as entries;
select books_balance();
rollback;
