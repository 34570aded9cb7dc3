-- Enums, older columns and whatever else; what is left is the drift, which waits for somebody to look at it.
begin;
call story.starts();
set local quote_all_identifiers = on;
select object, action from peer_exchange.setup(true) where action <> 'unchanged';
select object, action from peer_exchange.setup() where action <> 'unchanged';
rollback;
