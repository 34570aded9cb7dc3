select own.id as without_a_comment
  from peer_exchange.own_functions() as own
 where obj_description(own.id, 'pg_proc') is null
 order by own.id::text;
-- What is listed is there, in public as well where it says so.
select place.schema_name, listed.name, listed.arguments
  from peer_exchange.functions() as listed
 cross join unnest(array['peer_exchange', 'public']) as place (schema_name)
 where (to_regprocedure(format('%I.%I(%s)', place.schema_name, listed.name, listed.arguments)) is not null)
       is distinct from (place.schema_name = 'peer_exchange' or listed.is_in_public);
-- Nothing of ours is in public but what is listed.
select routine.oid::regprocedure as function
  from peer_exchange.own_functions() as own
  join pg_proc as routine on routine.oid = own.id
 where routine.pronamespace = 'public'::regnamespace
   and routine.proname not in (select name from peer_exchange.functions() where is_in_public);
