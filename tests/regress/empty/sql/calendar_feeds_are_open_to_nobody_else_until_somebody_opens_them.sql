-- Calendars don't sign in: an administrator says whether they may read feeds, and setup() leaves it so.
begin;
call story.starts();
-- Without the role of those who have not signed in, there is nobody to open them to.
savepoint before;
select peer_exchange.open_calendar_feeds();
rollback to savepoint before;
select peer_exchange.close_calendar_feeds();
create role anon;
create role authenticated;
create role service_role;
select count(*) > 0 as has_opened_what_people_call from peer_exchange.setup() where object like 'privileges on functions%';
create function pg_temp.who() returns table (role name, public boolean, own boolean) language sql as $$
  select rolname, has_function_privilege(rolname, 'public.get_calendar_feed(text)', 'execute'),
         has_function_privilege(rolname, 'peer_exchange.get_calendar_feed(text)', 'execute')
    from pg_roles where rolname in ('anon', 'authenticated', 'service_role') order by 1
$$;
create function pg_temp.privileges_of_anon() returns setof text language sql as $$
  select routine.oid::regprocedure::text
    from pg_proc as routine
    join peer_exchange.own_functions() as own on own.id = routine.oid
   where has_function_privilege('anon', routine.oid, 'execute') order by 1
$$;
select * from pg_temp.who();
call signs_in('Ann');
select get_my_calendar_feed() ->> 'is_open' as is_open;
call signs_in(null);
-- Who may call it and not grant it is told that nothing came of it; so is who closes them.
create role clerk;
grant usage on schema peer_exchange to clerk;
grant execute on all functions in schema peer_exchange to clerk;
grant execute on function public.get_calendar_feed(text) to clerk;
set client_min_messages = error;
savepoint before;
set local role clerk;
select peer_exchange.open_calendar_feeds();
rollback to savepoint before;
select peer_exchange.open_calendar_feeds(), peer_exchange.open_calendar_feeds();
savepoint before;
set local role clerk;
select peer_exchange.close_calendar_feeds();
rollback to savepoint before;
reset client_min_messages;
select * from pg_temp.who();
select pg_temp.privileges_of_anon();
call signs_in('Ann');
select get_my_calendar_feed() ->> 'is_open' as is_open;
call signs_in(null);
-- setup() finds nothing to do about it, and puts back what is missing.
select * from peer_exchange.setup() where action <> 'unchanged';
revoke execute on function public.get_calendar_feed(text) from anon;
select * from peer_exchange.setup() where action <> 'unchanged';
select pg_temp.privileges_of_anon();
select peer_exchange.close_calendar_feeds(), peer_exchange.close_calendar_feeds();
select pg_temp.privileges_of_anon();
select has_schema_privilege('anon', 'peer_exchange', 'usage') as anon_finds_anything;
select * from peer_exchange.setup() where action <> 'unchanged';
rollback;
