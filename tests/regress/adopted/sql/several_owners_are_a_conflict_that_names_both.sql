-- The library acts as the owner of the sessions. Where that role may not do what the owner of another table may, it can't
-- work there; where it may do more, what that owner puts on his table would run with more rights than his own.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
create role lesser_owner;
create role greater_owner in role lesser_owner;
create role other_owner;
do $$
begin
  execute (select string_agg(format('alter table %s owner to greater_owner', oid::regclass), '; ')
             from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r');
end $$;
alter table credits owner to lesser_owner;
alter table calendar_events owner to other_owner;
grant select on calendar_events to greater_owner;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup(true) where object like 'owner of%';
select object, action, detail from peer_exchange.setup() where object like 'owner of%';
alter table credits owner to greater_owner;
alter table calendar_events owner to greater_owner;
select object, action, detail from peer_exchange.setup() where object like 'owner of%';
-- What that role can't even read refuses all of it.
alter table users owner to other_owner;
select object, action, detail from peer_exchange.setup(true);
select object, action, detail from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role greater_owner, lesser_owner, other_owner;
\set ECHO all
