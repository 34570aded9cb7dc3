begin;
call story.starts();
revoke execute on function create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) from authenticated;
revoke execute on function peer_exchange.verify_ledger() from service_role;
grant execute on function peer_exchange.grant_credits(uuid, integer, text, text) to authenticated;
grant execute on function peer_exchange.setup(boolean) to public;
grant execute on function get_practitioner_credit_cost(uuid, integer, uuid) to anon;
revoke usage on schema peer_exchange from service_role;
revoke select on peer_exchange.top_earners from service_role;
select * from peer_exchange.setup(true) where object like 'privileges on functions%';
select * from peer_exchange.setup() where object like 'privileges on functions%';
select has_function_privilege('authenticated', 'create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text)', 'execute') as books,
       has_function_privilege('authenticated', 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute') as grants_credits,
       has_function_privilege('anon', 'get_practitioner_credit_cost(uuid, integer, uuid)', 'execute') as anybody_asks,
       has_function_privilege('service_role', 'peer_exchange.verify_ledger()', 'execute') as service_verifies;
select * from peer_exchange.setup() where object like 'privileges on functions%';
rollback;
