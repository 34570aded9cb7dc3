\set ECHO none
-- A database of the test's own; scratch_end.sql drops it.
\set home :DBNAME
set client_min_messages = warning;
drop database if exists scratch with (force);
create database scratch;
\c scratch
set client_min_messages = warning;
\i fixtures/supabase_roles.sql
reset client_min_messages;
-- Where in our code an error is raised may change; what it says may not.
\set SHOW_CONTEXT never
\set ECHO all
