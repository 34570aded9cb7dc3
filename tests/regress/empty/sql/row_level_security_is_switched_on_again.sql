begin;
call story.starts();
alter table credits disable row level security;
alter table users disable row level security;
select object, action, detail from peer_exchange.setup(true) where action <> 'unchanged';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity;
select distinct action from peer_exchange.setup();
rollback;
