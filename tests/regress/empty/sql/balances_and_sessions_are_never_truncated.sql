-- A copy that was restored where everything is granted to everybody stays closed without setup().
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call inserts('Ann', 'Ben');
create role anybody;
grant all on all tables in schema public to anybody;
set local role anybody;
truncate public.credits;
\echo :LAST_ERROR_SQLSTATE
truncate public.client_sessions;
\echo :LAST_ERROR_SQLSTATE
reset role;
truncate credits;
truncate client_sessions;
set local client_min_messages = warning;
truncate users cascade;
rollback;
