-- Who makes the attempts: people, and the roles that nobody signs in to.
create schema access;
grant usage on schema access to public;

do $$
begin
  if not exists (select from pg_roles where rolname = 'access_login') then
    create role access_login login;
  end if;
end $$;

-- Ann books Ben and Dan books Eve; Cyd has nothing to do with any of it. Nobody does not exist.
create function access.id(person text) returns uuid
language sql immutable
as $$
  select ('d0000000-0000-4000-8000-00000000000'
          || array_position(array['Ann', 'Ben', 'Cyd', 'Dan', 'Eve', 'Nobody'], person))::uuid
$$;

-- The role that a transaction of an actor has.
create function access.role_of(actor text) returns text
language sql stable
as $$
  select case when access.id(actor) is not null then 'authenticated'
              when actor in ('login', 'reader') then 'access_' || actor
              else actor end
$$;

-- Turns this transaction into a request of a person, of `anon` or `service_role`, into a session of a
-- plain or a monitoring login role, or back into one of the owner.
create procedure access.becomes(actor text)
language plpgsql
as $$
begin
  perform set_config('role', case when actor = 'owner' then 'none' else access.role_of(actor) end, true);
  perform set_config('request.jwt.claims',
                     case when access.id(actor) is not null
                          then json_build_object('sub', access.id(actor), 'role', 'authenticated')::text
                          when actor in ('anon', 'service_role') then json_build_object('role', actor)::text
                          else '' end, true);
end $$;
