-- What people have written that can't be used as it was meant. Everybody else goes on; she is named here, and by setup(),
-- which may find tables that lack some of these columns still.

create type peer_exchange.person_finding as (finding text, subject text, user_id uuid, value text, detail text);

comment on type peer_exchange.person_finding is
  'A row of verify_people(), with what it is about in words.';

create function peer_exchange.findings_of_hours() returns setof peer_exchange.person_finding
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  availability constant regclass := peer_exchange.host_table('practitioner_availability');
begin
  if peer_exchange.has_column(availability, 'timezone') then
    return query
      select 'TIME_ZONE_UNKNOWN', 'time zone', published.user_id, left(btrim(published.timezone::text), 100),
             format('%s is none that pg_timezone_names lists, so %s counts; set practitioner_availability.timezone right',
                    quote_literal(left(published.timezone::text, 100)), peer_exchange.default_time_zone())
        from public.practitioner_availability as published
       where btrim(published.timezone::text) <> ''
         and not peer_exchange.is_time_zone(btrim(published.timezone::text))
       order by published.user_id;
  end if;
  if peer_exchange.has_column(availability, 'working_hours') then
    return query
      select 'HOURS_UNREADABLE', 'working hours', published.user_id, unreadable.entry,
             format('an entry of them can''t be read, so nobody can book a day that it is about: %s; write {"enabled": true, "start": "09:00", '
                    || '"end": "17:00"}, or such ranges in "hours", into practitioner_availability.working_hours', unreadable.entry)
        from public.practitioner_availability as published
       cross join lateral peer_exchange.unreadable_hours(published.working_hours::text) as unreadable (entry)
       where unreadable.entry is not null
       order by published.user_id;
  end if;
  if availability is not null then
    return query
      select 'SEVERAL_HOURS', 'hours', published.user_id, count(*)::text,
             format('there are %s rows, of which one counts, and nothing says which; keep one row of practitioner_availability '
                    || 'a person', count(*))
        from public.practitioner_availability as published
       where published.user_id is not null
       group by published.user_id
      having count(*) > 1
       order by published.user_id;
  end if;
end $$;

comment on function peer_exchange.findings_of_hours() is
  'What is wrong with people''s hours and time zones.';

-- What a policy may say: the one place for guards and findings.
create function peer_exchange.policy_bounds() returns table (column_name text, highest integer)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values ('full_refund_hours', 8784), ('partial_refund_hours', 8784), ('no_refund_hours', 8784), ('partial_refund_percent', 100)
$$;

comment on function peer_exchange.policy_bounds() is
  'The columns of a cancellation policy, with what each is at most; at least they are 0.';

create function peer_exchange.findings_of_policies() returns setof peer_exchange.person_finding
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  policies constant regclass := peer_exchange.host_table('cancellation_policies');
  bound    record;
begin
  for bound in
    select * from peer_exchange.policy_bounds() as bounds where peer_exchange.has_column(policies, bounds.column_name)
  loop
    return query execute format(
      $unusable$select 'POLICY_UNUSABLE', 'cancellation policy', policy.practitioner_id, left(policy.%1$I::text, 100),
                       format('%1$s is %%s and must be between 0 and %2$s; set cancellation_policies.%1$s right',
                              left(policy.%1$I::text, 100))
                  from public.cancellation_policies as policy
                 where not policy.%1$I between 0 and %2$s
                 order by policy.practitioner_id$unusable$, bound.column_name, bound.highest);
  end loop;
  if peer_exchange.has_column(policies, 'is_active') then
    return query
      select 'SEVERAL_POLICIES', 'cancellation policies', policy.practitioner_id, count(*)::text,
             format('%s are active, of which one counts, and nothing says which; keep one active row of cancellation_policies '
                    || 'a person', count(*))
        from public.cancellation_policies as policy
       where policy.practitioner_id is not null and policy.is_active
       group by policy.practitioner_id
      having count(*) > 1
       order by policy.practitioner_id;
  end if;
end $$;

comment on function peer_exchange.findings_of_policies() is
  'What is wrong with people''s cancellation policies.';

-- Only what is written as JSON can be something else than texts.
create function peer_exchange.findings_of_profiles() returns setof peer_exchange.person_finding
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  people constant regclass := peer_exchange.host_table('users');
  opt_in constant text     := peer_exchange.opt_in_column();
begin
  if exists (select from pg_attribute
              where attrelid = people and attname = 'specializations' and not attisdropped
                and atttypid in ('json'::regtype, 'jsonb'::regtype)) then
    return query
      select 'SPECIALIZATIONS_UNREADABLE', 'specializations', person.id, left(person.specializations::text, 100),
             'they are no list of texts, so nobody finds her by what else is there; set users.specializations right'
        from public.users as person
       cross join lateral (
             select peer_exchange.readable_columns(to_json(person.*)::text, array['specializations']) -> 'specializations')
             as readable (list)
       where person.specializations is not null
         and coalesce(readable.list @? '$[*] ? (@.type() != "string" && @.type() != "null")', true)
       order by person.id;
  end if;
  if opt_in <> '' and people is not null
     and not exists (select from pg_attribute
                      where attrelid = people and attname = opt_in and not attisdropped and atttypid = 'boolean'::regtype) then
    return next ('OPT_IN_COLUMN_UNUSABLE', 'setting peer_exchange.opt_in_column', null::uuid, opt_in,
                 format('users has no column %I of type boolean, and who has not said true there takes no part; '
                        || 'set it to one, or to nothing', opt_in))::peer_exchange.person_finding;
  end if;
end $$;

comment on function peer_exchange.findings_of_profiles() is
  'What is wrong with what people say of themselves.';

create function peer_exchange.people_findings() returns setof peer_exchange.person_finding
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select * from peer_exchange.findings_of_hours()
  union all
  select * from peer_exchange.findings_of_policies()
  union all
  select * from peer_exchange.findings_of_profiles()
$$;

comment on function peer_exchange.people_findings() is
  'All that verify_people() and setup() name.';

create function peer_exchange.verify_people_by_owner()
returns table (finding text, user_id uuid, value text, detail text)
language sql stable
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
  select found.finding, found.user_id, found.value, found.detail from peer_exchange.people_findings() as found
$$;

comment on function peer_exchange.verify_people_by_owner() is
  'What peer_exchange.verify_people does, as the owner of the tables.';

create function peer_exchange.verify_people()
returns table (finding text, user_id uuid, value text, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_people() is
  'One row per value of a person that can''t be used: hours, time zones, cancellation policies, specializations. For service_role and the owner.';
