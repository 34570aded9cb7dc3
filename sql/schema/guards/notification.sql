-- Whatever the application grants: what was told stays told, and its recipient only marks it as read.
create function peer_exchange.guard_notification() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  for_the_reader constant text[] := array['read_at', 'read', 'dismissed_at', 'updated_at'];
  owner          oid             := (select relowner from pg_class where oid = tg_relid);
begin
  if not pg_has_role(current_user, owner, 'usage')
     and exists (select from pg_roles where rolname in ('anon', 'authenticated') and pg_has_role(current_user, oid, 'member'))
     and not exists (select from pg_roles where rolname = 'service_role' and pg_has_role(current_user, oid, 'member'))
     and to_jsonb(new) - for_the_reader is distinct from to_jsonb(old) - for_the_reader
  then
    raise insufficient_privilege using message = 'a notification can only be marked as read';
  end if;
  return new;
end $$;

comment on function peer_exchange.guard_notification() is
  'Trigger: keeps an ordinary role from changing a notification beyond marking it as read.';
