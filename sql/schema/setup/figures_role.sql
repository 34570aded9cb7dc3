-- Who reads figures and nothing else, such as a dashboard's login, is a member of this role. A role belongs to the whole
-- cluster: another database may have made it, and DROP EXTENSION leaves it behind. CREATE EXTENSION makes it as well, so
-- that a dump, whose grants presuppose it, can be restored where it is missing.
create function peer_exchange.setup_figures_role() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'role peer_exchange_figures', step.action, step.detail, step.statement
    from pg_roles as caller
   cross join lateral (
         select 'created', 'for whoever reads figures and nothing else', 'create role peer_exchange_figures nologin'
          where caller.rolsuper or caller.rolcreaterole
         union all
         select 'conflict', format('it is missing, and %s may not create roles; nobody but the service reads figures until '
                                   || 'an administrator says CREATE ROLE peer_exchange_figures, and setup() runs once more',
                                   quote_ident(caller.rolname)), null
          where not (caller.rolsuper or caller.rolcreaterole)) as step (action, detail, statement)
   where caller.rolname = current_user
     and not exists (select from pg_roles where rolname = 'peer_exchange_figures')
$$;

comment on function peer_exchange.setup_figures_role() is
  'Steps of setup(): the role of those who read figures and nothing else.';
