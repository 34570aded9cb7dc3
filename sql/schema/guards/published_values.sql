-- What people publish on tables that setup() made can be used, or is refused while they look at it. On an application's own
-- tables it is the application that says so; there verify_people() names it. Whatever is older than the guard stands.

create function peer_exchange.guard_hours_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  unreadable text;
begin
  if new.timezone is distinct from old.timezone
     and btrim(new.timezone) <> '' and not peer_exchange.is_time_zone(btrim(new.timezone))
  then
    raise check_violation using
      message = format('%s is no time zone', quote_literal(left(new.timezone, 100))),
      hint    = 'Write a name that pg_timezone_names lists, such as Europe/London.';
  end if;
  unreadable := peer_exchange.unreadable_hours(new.working_hours::text);
  if unreadable is not null and new.working_hours::text is distinct from old.working_hours::text then
    raise check_violation using
      message = format('working_hours can''t be read: %s', unreadable),
      hint    = 'Write {"enabled": true, "start": "09:00", "end": "17:00"}, or such ranges in "hours".';
  end if;
  return new;
end $$;

comment on function peer_exchange.guard_hours_by_owner() is
  'What peer_exchange.guard_hours does, as the owner of the tables.';

create function peer_exchange.guard_hours() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_hours() is
  'Trigger on tables that setup() made: refuses hours and time zones that nobody can read.';

create function peer_exchange.guard_policy_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former  constant jsonb := to_jsonb(old);
  present constant jsonb := to_jsonb(new);
  bound   record;
begin
  for bound in select * from peer_exchange.policy_bounds() loop
    if present -> bound.column_name is distinct from former -> bound.column_name
       and not (present ->> bound.column_name)::numeric between 0 and bound.highest
    then
      raise check_violation using
        message = format('%s must be between 0 and %s', bound.column_name, bound.highest);
    end if;
  end loop;
  return new;
end $$;

comment on function peer_exchange.guard_policy_by_owner() is
  'What peer_exchange.guard_policy does, as the owner of the tables.';

create function peer_exchange.guard_policy() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_policy() is
  'Trigger on tables that setup() made: refuses cancellation policies that can''t be kept.';
