-- CREATE EXTENSION touches nothing of the application. What is left to do, it says.
do $$
begin
  -- Postgres silences notices while it runs an extension's script; this one is meant to be read.
  perform pg_catalog.set_config('client_min_messages', 'notice', true);
  raise notice 'peer_exchange: nothing of the application was touched; SELECT * FROM peer_exchange.setup(true) lists what is to be done, and setup() does it';
  perform pg_catalog.set_config('client_min_messages', 'warning', true);
end $$;
