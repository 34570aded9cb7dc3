-- The demo's own world; each test adds people of its own.
\ir ../../../tests/fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
-- People of tests publish no hours, and are there at any time of the day.
do $$
begin
  execute format('alter database %I set peer_exchange.unpublished_hours = %L', current_database(), 'any');
end $$;
\ir ../people.sql
