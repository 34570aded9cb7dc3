\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
call give('Ann', 100);
call signs_in('Ann');
select get_credit_statement(p_limit => 1) ->> 'next_before' as cursor \gset
-- a page of one entry to 200
select get_credit_statement(p_limit => 0);
select get_credit_statement(p_limit => -1);
select json_array_length(get_credit_statement(p_limit => 1) -> 'entries') as entries;
select json_array_length(get_credit_statement(p_limit => 200) -> 'entries') as entries;
select get_credit_statement(p_limit => 201);
select get_credit_statement(p_limit => 2147483647);
-- no limit is the usual one
select json_array_length(get_credit_statement(p_limit => null) -> 'entries') as entries;
-- days in the wrong order
select json_array_length(get_credit_statement('2026-01-02', '2026-01-02') -> 'entries') as entries;
select get_credit_statement('2026-01-02', '2026-01-01');
select get_credit_statement('infinity', '2026-01-01');
-- a cursor that never was one
select json_array_length(get_credit_statement(p_before => :'cursor') -> 'entries') as entries;
select json_array_length(get_credit_statement(p_before => ' ') -> 'entries') as entries;
select get_credit_statement(p_before => 'x');
select get_credit_statement(p_before => :'cursor' || '0');
select get_credit_statement(p_before => 'u' || substr(:'cursor', 2));
select get_credit_statement(p_before => repeat('e', 1000000));
-- a kind that there is none of
select get_credit_statement(p_kind => 'Earned');
select get_credit_statement(p_kind => repeat('e', 1000000));
select json_array_length(get_credit_statement(p_kind => ' granted') -> 'entries') as entries;
-- Neither the service nor a token without a person has a statement.
call signs_in(null);
select get_credit_statement();
set local request.jwt.claims = '{"role": "service_role"}';
select get_credit_statement();
rollback;
