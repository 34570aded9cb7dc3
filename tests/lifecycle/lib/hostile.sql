-- What somebody who may create objects in public can lay as a trap: names that fit a call better than
-- those of pg_catalog do, or stand before it on the search path. Whoever falls into one writes here.
create schema hostile;
create table hostile.trapped (who text);
create function hostile.trap(p_name text) returns text language plpgsql as $$
begin
  insert into hostile.trapped values (p_name);
  return p_name;
end $$;

\set schema public
\ir traps.sql
\set schema hostile
\ir traps.sql

-- These only work where somebody sets a path with pg_catalog behind.
create function hostile.to_regclass(text) returns regclass language sql as $$ select hostile.trap('to_regclass')::regclass $$;
create function hostile.now() returns timestamptz language sql as $$ select clock_timestamp() - interval '1 year' $$;
create function hostile.current_setting(text, boolean) returns text language sql as $$ select hostile.trap('current_setting') $$;
create table hostile.pg_class (relname name);
create table hostile.pg_proc (proname name);
create table hostile.pg_roles (rolname name);
create table hostile.users (id text);
create table hostile.client_sessions (id text);
create table hostile.credits (user_id text, balance integer);
create table hostile.credit_transactions (user_id text);
create table hostile.notifications (id text);
create function hostile.create_peer_booking() returns text language sql as $$ select hostile.trap('create_peer_booking') $$;
create function hostile.grant_functions(name) returns void language sql as $$ select hostile.trap('grant_functions') $$;
create domain hostile.text as pg_catalog.text check (value is null);
create domain hostile.uuid as pg_catalog.uuid check (value is null);
