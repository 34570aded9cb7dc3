-- The same after setup().
\ir application.sql
set client_min_messages = warning;
create extension peer_exchange cascade;
select from peer_exchange.setup();
