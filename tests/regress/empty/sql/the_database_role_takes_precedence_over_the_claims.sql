-- Who can run SQL as an ordinary role can also set the claims, and must gain nothing by it. The roles
-- are made here, since the server knows none of them.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 1000);
create role authenticated;
create role anon;
grant usage on schema peer_exchange, story to authenticated, anon;
grant select on all tables in schema public to authenticated, anon;
grant execute on all functions in schema public, peer_exchange, story to authenticated, anon;
select world() as before \gset

set local role authenticated;
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "service_role"}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "service_role", "sub": "a0000000-0000-4000-8000-000000000003"}';
select book('Ann', 'Ben');
set local role anon;
set local request.jwt.claims = '{"role": "service_role"}';
select book('Ann', 'Ben');
select get_practitioner_credit_cost(id('Ben'), 60);
reset role;
select world() = :'before' as nothing_was_written;
rollback;
