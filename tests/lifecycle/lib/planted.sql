-- What somebody who may create objects in public can lay as a trap: names that fit a call better than
-- those of pg_catalog do, or stand before it on the search path. Whoever falls into one writes here.
create schema planted;
create table planted.trapped (who text);
create function planted.trap(p_name text) returns text language plpgsql as $$
begin
  insert into planted.trapped values (p_name);
  return p_name;
end $$;

\set schema public
\ir traps.sql
\set schema planted
\ir traps.sql

-- These only work where somebody sets a path with pg_catalog behind.
create function planted.to_regclass(text) returns regclass language sql as $$ select planted.trap('to_regclass')::regclass $$;
create function planted.now() returns timestamptz language sql as $$ select clock_timestamp() - interval '1 year' $$;
create function planted.current_setting(text, boolean) returns text language sql as $$ select planted.trap('current_setting') $$;
create table planted.pg_class (relname name);
create table planted.pg_proc (proname name);
create table planted.pg_roles (rolname name);
create table planted.users (id text);
create table planted.client_sessions (id text);
create table planted.credits (user_id text, balance integer);
create table planted.credit_transactions (user_id text);
create table planted.notifications (id text);
create function planted.create_peer_booking() returns text language sql as $$ select planted.trap('create_peer_booking') $$;
create function planted.own_functions() returns text language sql as $$ select planted.trap('own_functions') $$;
create domain planted.text as pg_catalog.text check (value is null);
create domain planted.uuid as pg_catalog.uuid check (value is null);
