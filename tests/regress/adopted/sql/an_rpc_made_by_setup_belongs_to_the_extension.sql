-- CREATE EXTENSION leaves out what bears the name and arguments of an older function; setup() makes it a member.
\i regress/adopted/scratch.sql
\set ECHO none
\i fixtures/existing_app.sql
\set ECHO all
create extension peer_exchange cascade;
create view ours as
  select own.id as function from peer_exchange.own_functions() as own
    join pg_proc as routine on routine.oid = own.id
   where routine.pronamespace = 'public'::regnamespace and routine.proname like 'process_peer_booking_%';
select * from ours order by function::text;
\o /dev/null
select * from peer_exchange.setup(true);
\o
select * from ours order by function::text;
\set ECHO none
set client_min_messages = warning;
do 'begin perform peer_exchange.setup(); end';
reset client_min_messages;
\set ECHO all
select * from ours order by function::text;
select proname as function, has_function_privilege('authenticated', oid, 'execute') as for_people,
       has_function_privilege('anon', oid, 'execute') as for_everybody, obj_description(oid) is not null as has_comment
  from pg_proc where oid in (select function from ours) order by proname;
drop view ours;
set client_min_messages = warning;
drop extension peer_exchange cascade;
select proname from pg_proc where pronamespace = 'public'::regnamespace and proname like 'process_peer_booking_%';
\i regress/adopted/scratch_end.sql
