-- Practitioners who take no part: no peer session, given or received, for a while, and none to come. A
-- session's day is the one on its own calendar; today is that of the time zone asked for.

create function peer_exchange.inactivity_figures_by_owner(p_days integer, p_timezone text)
returns table (user_id uuid, name text, user_role text, member_since timestamptz, last_given_on date,
               last_received_on date, balance bigint, owed bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- Few expressions, and many lookups in indexes: to compile them costs more than it saves.
set jit = off
as $$
#variable_conflict use_column
<<asked>>
declare
  roles constant text[] := peer_exchange.practitioner_roles();
  since date;
begin
  if p_days is null or p_days not between 0 and 36525 then
    raise exception using errcode = 'invalid_parameter_value', message = 'p_days must be between 0 and 36525';
  end if;
  since := (now() at time zone peer_exchange.figure_time_zone(p_timezone))::date - p_days;
  return query
  with inactive as (
    select person.*, given.session_date as last_given_on, received.session_date as last_received_on
      -- In the order of the indexes that are looked into, so that one lookup finds in memory what the one before it read.
      from (select practitioner.id, practitioner.first_name, practitioner.last_name, practitioner.user_role, practitioner.created_at
              from public.users as practitioner
             where practitioner.is_active
               and peer_exchange.has_opted_in(to_json(practitioner.*))
               and practitioner.user_role::text = any (asked.roles)
             order by practitioner.id
            offset 0) as person
      left join lateral (
           select session.session_date
             from public.client_sessions as session
            where session.is_peer_booking and session.therapist_id = person.id and peer_exchange.is_agreed_status(session.status::text)
            order by session.session_date desc
            limit 1) as given on true
      left join lateral (
           select session.session_date
             from public.client_sessions as session
            where session.is_peer_booking and session.client_id = person.id and peer_exchange.is_agreed_status(session.status::text)
              -- Who has given one lately is not asked for more.
              and coalesce(given.session_date < asked.since, true)
            order by session.session_date desc
            limit 1) as received on true
     where coalesce(greatest(given.session_date, received.session_date) < asked.since, true)
    offset 0
  )
  select inactive.id, peer_exchange.full_name(inactive.first_name, inactive.last_name), inactive.user_role::text,
         inactive.created_at::timestamptz, inactive.last_given_on, inactive.last_received_on,
         coalesce(account.balance, 0)::bigint, coalesce(account.owed, 0)::bigint
    from inactive
    left join public.credits as account on account.user_id = inactive.id
   order by greatest(inactive.last_given_on, inactive.last_received_on) nulls first, inactive.created_at, inactive.id;
end $$;

comment on function peer_exchange.inactivity_figures_by_owner(integer, text) is
  'What peer_exchange.inactivity_figures does, as the owner of the tables.';

create function peer_exchange.inactivity_figures(p_days integer default 90, p_timezone text default null)
returns table (user_id uuid, name text, user_role text, member_since timestamptz, last_given_on date,
               last_received_on date, balance bigint, owed bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.inactivity_figures(integer, text) is
  'Active practitioners without a peer session in the last p_days days, or one to come. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.inactive_practitioners with (security_invoker = true) as
select user_id, name, user_role, member_since, last_given_on, last_received_on, balance, owed
  from peer_exchange.inactivity_figures();

comment on view peer_exchange.inactive_practitioners is
  'Practitioners who may be booked, and had no peer session within the last 90 days and have none to come; who never had one first. inactivity_figures() takes another number of days.';
comment on column peer_exchange.inactive_practitioners.last_given_on is 'The last session given, on its own calendar; NULL: never.';
comment on column peer_exchange.inactive_practitioners.last_received_on is 'The last session received, on its own calendar; NULL: never.';
comment on column peer_exchange.inactive_practitioners.balance is 'Credits that lie idle with this person.';
