-- The tables' owner, who is not a superuser, and what he may have put on them. Whatever of his runs
-- is overheard: as whom, and whether it could make a superuser or read the passwords.
create procedure access.tables_belong_to_a_plain_role()
language plpgsql
as $$
declare
  host_table       regclass;
  definer_function regprocedure;
begin
  create role access_owner;
  grant usage, create on schema public to access_owner;
  grant usage on schema access, auth to access_owner;
  grant execute on all functions in schema access to access_owner;
  for host_table in
    select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
  loop
    execute format('alter table %s owner to access_owner', host_table);
  end loop;
  -- What of the application's runs with its owner's rights writes to them, too.
  for definer_function in
    select oid::regprocedure from pg_proc where oid in (select oid from access.function_before) and prosecdef
  loop
    execute format('alter function %s owner to access_owner', definer_function);
  end loop;
  perform peer_exchange.open_to_owner();

  create table public.overheard (place text, as_whom text, makes_superusers boolean, reads_passwords boolean);
  grant all on public.overheard to public;
  set local role access_owner;
  create function public.overhears(place text) returns boolean language plpgsql as $body$
  declare
    makes_superusers boolean := false;
    reads_passwords  boolean := false;
  begin
    begin
      alter role access_login superuser;
      alter role access_login nosuperuser;
      makes_superusers := true;
    exception when insufficient_privilege then
    end;
    begin
      reads_passwords := exists (select from pg_authid);
    exception when insufficient_privilege then
    end;
    if current_setting('access.resets_role', true) = 'on' then
      begin
        reset role;
      exception when insufficient_privilege then
      end;
      makes_superusers := makes_superusers or (select rolsuper from pg_roles where rolname = current_user);
    end if;
    insert into public.overheard values (place, current_user, makes_superusers, reads_passwords);
    return true;
  end $body$;
  create function public.overhears() returns trigger language plpgsql as $body$
  begin
    perform public.overhears(format('%s %s %s of %s', tg_when, tg_level, tg_op, tg_table_name));
    return case when tg_op = 'DELETE' then old else new end;
  end $body$;
  set local role none;
end $$;

-- Nobody was heard with more rights than the owner has, and so many places were heard at all.
create procedure access.nothing_ran_with_more_rights(expected_places text[])
language plpgsql
as $$
declare
  heard   record;
  unheard text[];
begin
  for heard in
    select * from public.overheard where makes_superusers or reads_passwords
  loop
    raise exception 'it ran with more rights: %', heard;
  end loop;
  unheard := array(select expected from unnest(expected_places) as expected
                    where not exists (select from public.overheard where place like expected));
  assert unheard = '{}', format('never ran: %s; heard were: %s', unheard, (select array_agg(distinct place) from public.overheard));
end $$;
