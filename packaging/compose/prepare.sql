-- The database of compose.yaml, after its roles and before its people.
create extension peer_exchange cascade;
select * from peer_exchange.setup();

-- Whoever delivers is woken, and is the service by a connection of its own.
alter database :"DBNAME" set peer_exchange.delivery = 'wake';
create role notifier login password 'notifier' in role service_role;
