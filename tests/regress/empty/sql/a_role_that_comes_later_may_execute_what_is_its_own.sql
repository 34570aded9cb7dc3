begin;
create role authenticated;
create role service_role;
select object, action, detail from peer_exchange.setup() where object like 'privileges on functions%';
select has_schema_privilege('authenticated', 'peer_exchange', 'usage') as enters,
       has_function_privilege('authenticated', 'mark_notifications_read(uuid[])', 'execute') as marks,
       has_function_privilege('authenticated', 'peer_exchange.verify_ledger()', 'execute') as verifies,
       has_function_privilege('service_role', 'peer_exchange.verify_ledger()', 'execute') as service_verifies,
       has_table_privilege('service_role', 'peer_exchange.refusals', 'select') as service_reads_refusals,
       has_table_privilege('service_role', 'peer_exchange.session_moves', 'select') as service_reads_moves;
select object, action, detail from peer_exchange.setup() where object like 'privileges on functions%';
rollback;
