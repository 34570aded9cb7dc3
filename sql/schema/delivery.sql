-- Notifications as an outbox. A row is due for delivery at delivery_due_at; a worker that claims it moves
-- that moment to the end of its lease, so that nobody else gets it meanwhile, and whoever dies loses
-- nothing but time. NULL means that there is nothing to deliver: never wanted, delivered, or given up.

-- How long to wait after so many failed attempts: doubled each time, six hours at most.
create function peer_exchange.retry_delay(p_attempts integer) returns interval
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select least(interval '30 seconds' * 2 ^ (least(greatest(p_attempts, 1), 20) - 1), interval '6 hours')
$$;

comment on function peer_exchange.retry_delay(integer) is
  'How long a notification waits after so many failed attempts.';

-- What a person has said of notifications of this type, where the application keeps that; a row for
-- the type comes before one for all.
create function peer_exchange.notification_preference(p_user_id uuid, p_type text) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('notification_preferences'), 'user_id') then
    return null;
  end if;
  return (select said.preference
            from public.notification_preferences as stored
           cross join lateral peer_exchange.readable_columns(to_json(stored.*)::text, array['type', 'email', 'in_app'])
                   as said (preference)
           where stored.user_id = p_user_id
             and coalesce(said.preference ->> 'type', p_type) = p_type
           order by said.preference ->> 'type'
           limit 1);
end $$;

comment on function peer_exchange.notification_preference(uuid, text) is
  'The row of public.notification_preferences that holds for a person and a type; NULL where there is none.';

-- What confirms a booking says of its credits all that there is to say: one mail, not two. Unless that one is not wanted, or
-- was given up.
create function peer_exchange.is_told_together(p_id uuid, p_recipient_id uuid, p_type text, p_payload jsonb) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  confirmation constant text := case p_type when 'peer_credits_deducted' then 'peer_booking_confirmed_client'
                                            when 'peer_credits_earned'   then 'peer_booking_confirmed_practitioner' end;
begin
  if confirmation is null
     or peer_exchange.notification_preference(p_recipient_id, confirmation) ->> 'email' = 'false'
  then
    return false;
  end if;
  -- Of the same transaction, which began when both were created.
  return exists (
    select
      from public.notifications as asked
      join public.notifications as told on told.recipient_id = asked.recipient_id and told.created_at = asked.created_at
     where asked.id = p_id
       and told.type::text = confirmation
       and (told.delivery_due_at is not null or told.delivered_at is not null)
       and peer_exchange.session_told_of(told.type::text, peer_exchange.readable_payload(told.payload))
           = peer_exchange.session_told_of(p_type, p_payload));
end $$;

comment on function peer_exchange.is_told_together(uuid, uuid, text, jsonb) is
  'Whether a notification about the credits of a booking is delivered by the one that confirms it.';

-- Why a notification that is due is closed instead of handed out; NULL where it can be delivered.
create function peer_exchange.delivery_obstacle(
  p_id uuid, p_recipient_id uuid, p_type text, p_payload jsonb, p_attempts integer, p_last_error text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  recipient record;
begin
  if p_attempts >= peer_exchange.max_delivery_attempts() then
    return coalesce(p_last_error, 'no worker has answered');
  end if;
  select nullif(btrim(person.email::text), '') as email, person.is_active
    into recipient
    from public.users as person
   where person.id = p_recipient_id;
  return case
    when recipient.email is null         then 'no address'
    when recipient.is_active is not true then 'not active'
    when peer_exchange.notification_preference(p_recipient_id, p_type) ->> 'email' = 'false' then 'not wanted'
    when peer_exchange.is_told_together(p_id, p_recipient_id, p_type, p_payload) then 'told together'
    when p_type = 'peer_booking_reminder'
      then peer_exchange.reminder_obstacle(peer_exchange.session_told_of(p_type, p_payload), p_payload)
    when p_type = 'peer_booking_request_reminder'
      then peer_exchange.request_reminder_obstacle(peer_exchange.session_told_of(p_type, p_payload))
  end;
end $$;

comment on function peer_exchange.delivery_obstacle(uuid, uuid, text, jsonb, integer, text) is
  'Why a notification that is due is not handed out: given up, no address, not active, not wanted, told together with another one, or a reminder that holds no longer.';

-- Whoever does not want notifications in the application is not left with unread ones there.
create function peer_exchange.mark_unwanted_as_read(p_ids uuid[]) returns void
language plpgsql
as $$
begin
  if peer_exchange.host_table('notification_preferences') is null then
    return;
  end if;
  update public.notifications as notification
     set read_at = now()
   where notification.id = any (p_ids)
     and notification.read_at is null
     and peer_exchange.notification_preference(notification.recipient_id, notification.type::text) ->> 'in_app' = 'false';
end $$;

comment on function peer_exchange.mark_unwanted_as_read(uuid[]) is
  'Marks those of these notifications as read whose recipients want none in the application.';

-- Lists of ids from outside: there, and not endless.
create function peer_exchange.require_ids(p_ids uuid[]) returns void
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_ids is null then
    raise null_value_not_allowed using message = 'p_ids must not be NULL';
  elsif cardinality(p_ids) > 1000 then
    raise invalid_parameter_value using message = 'p_ids must have at most 1000 ids';
  end if;
end $$;

comment on function peer_exchange.require_ids(uuid[]) is 'Raises 22004 or 22023 unless it is a list of at most 1000 ids.';

-- Closes those of these notifications that are not to be delivered any more, and lets go what waited for them.
create function peer_exchange.close_undeliverable(p_ids uuid[]) returns void
language plpgsql
as $$
declare
  closed   uuid[];
  unwanted uuid[];
begin
  with closing as (
    update public.notifications as notification
       set delivery_due_at = null,
           delivery_error  = obstacle.said
      from unnest(p_ids) as id
      join public.notifications as found using (id)
     cross join lateral peer_exchange.delivery_obstacle(
             found.id, found.recipient_id, found.type::text, peer_exchange.readable_payload(found.payload),
             found.delivery_attempts::integer, found.delivery_error::text) as obstacle (said)
     where notification.id = found.id
       and obstacle.said is not null
    returning notification.id, obstacle.said as obstacle
  )
  select array_agg(closing.id), array_agg(closing.id) filter (where closing.obstacle in ('not wanted', 'told together'))
    into closed, unwanted
    from closing;
  if closed is not null then
    perform peer_exchange.mark_unwanted_as_read(unwanted);
    perform peer_exchange.release_later_notifications(closed);
  end if;
end $$;

comment on function peer_exchange.close_undeliverable(uuid[]) is
  'Closes those of these notifications that are due for which there is an obstacle, and says which in delivery_error.';

create function peer_exchange.lease_notifications(p_ids uuid[], p_passed_over uuid[], p_batch integer, p_lease interval)
returns uuid[]
language plpgsql
as $$
declare
  leased uuid[];
begin
  with handed_out as (
    update public.notifications as notification
       set delivery_due_at   = clock_timestamp() + p_lease,
           delivery_attempts = coalesce(notification.delivery_attempts, 0) + 1
      from public.users as person
     where notification.id in (select deliverable.id
                                 from public.notifications as deliverable
                                where deliverable.id = any (p_ids)
                                  and deliverable.id <> all (p_passed_over)
                                  and deliverable.delivery_due_at <= now()
                                order by array_position(p_ids, deliverable.id)
                                limit p_batch)
       and person.id = notification.recipient_id
    returning notification.id
  )
  select coalesce(array_agg(handed_out.id order by array_position(p_ids, handed_out.id)), '{}') into leased from handed_out;
  return leased;
end $$;

comment on function peer_exchange.lease_notifications(uuid[], uuid[], integer, interval) is
  'Gives so many of these notifications, in their order, to a worker for this long, but for those that are passed over, and returns which.';

-- Tried as a claim does it, and undone: a trigger or a constraint of the application may refuse it for somebody.
create function peer_exchange.unclaimable_notifications(p_ids uuid[], p_lease interval) returns uuid[]
language plpgsql
as $$
declare
  tried       uuid;
  unclaimable uuid[] := '{}';
begin
  foreach tried in array p_ids loop
    begin
      perform peer_exchange.lease_notifications(array[tried], '{}', 1, p_lease);
      raise exception using errcode = 'UNDO0';
    exception
      when sqlstate 'UNDO0' then
        null;
      when transaction_rollback or insufficient_resources or operator_intervention or system_error or lock_not_available then
        raise;
      when others then
        raise warning 'notification % is passed over: %', tried, sqlerrm;
        unclaimable := unclaimable || tried;
    end;
  end loop;
  return unclaimable;
end $$;

comment on function peer_exchange.unclaimable_notifications(uuid[], interval) is
  'Those of these notifications that can''t be handed out, since something of the application fails for them; a WARNING names each.';

create function peer_exchange.claim_notifications_by_owner(p_batch integer, p_lease interval)
returns table (notification_id uuid, message_id text, recipient_id uuid, email text, name text, type text, title text,
               body text, payload jsonb, created_at timestamptz, attempt integer, language text, timezone text,
               calendar text)
language plpgsql
as $$
#variable_conflict use_variable
declare
  due         uuid[];
  leased      uuid[]  := '{}';
  looked_at   integer := p_batch;
  -- What waits for something that somebody else is doing right now.
  passed_over uuid[]  := '{}';
  unclaimable uuid[]  := '{}';
begin
  if p_batch is null or p_lease is null then
    raise null_value_not_allowed using message = 'p_batch and p_lease must not be NULL';
  elsif p_batch not between 1 and 1000 then
    raise invalid_parameter_value using message = 'p_batch must be between 1 and 1000';
  elsif p_lease not between '1 second' and '1 day' then
    raise invalid_parameter_value using message = 'p_lease must be between one second and one day';
  end if;
  -- Until something is handed out: an empty answer means that nothing is due.
  loop
    due := array(
      select notification.id
        from public.notifications as notification
       where notification.delivery_due_at <= now()
         and notification.id <> all (passed_over)
       order by notification.delivery_due_at
       limit looked_at
         for no key update skip locked);
    exit when due = '{}';
    begin
      perform peer_exchange.close_undeliverable(due);
      passed_over := passed_over || peer_exchange.postpone_later_notifications(due, clock_timestamp() + p_lease);
      leased := peer_exchange.lease_notifications(due, passed_over, p_batch, p_lease);
      exit when leased <> '{}';
      -- A trigger of the application may have kept some from being closed.
      passed_over := passed_over || array(
        select notification.id
          from public.notifications as notification
         where notification.id = any (due)
           and notification.id <> all (passed_over)
           and notification.delivery_due_at <= now());
    exception
      when transaction_rollback or insufficient_resources or operator_intervention or system_error or lock_not_available then
        raise;
      -- Of whoever it fails for, nobody else waits.
      when others then
        unclaimable := peer_exchange.unclaimable_notifications(due, p_lease);
        if unclaimable = '{}' then
          raise;
        end if;
        passed_over := passed_over || unclaimable;
    end;
    -- What stands in front may be much.
    looked_at := least(2 * looked_at, 1000);
  end loop;
  -- An empty answer would say that nothing is due: it fails as the first of them does.
  if leased = '{}' and unclaimable <> '{}' then
    leased := peer_exchange.lease_notifications(unclaimable[1:1], '{}', 1, p_lease);
  end if;
  if leased = '{}' and not peer_exchange.is_delivery_on() then
    raise notice using
      message = 'nothing is due and nothing will be, because peer_exchange.delivery is off',
      hint    = 'To have notifications delivered from now on, run ALTER DATABASE ... SET peer_exchange.delivery = ''queue''.';
  end if;
  -- Only now: what a failed attempt has returned would stay returned.
  return query
    select notification.id, notification.id || '@peer-exchange', notification.recipient_id, person.email::text,
           coalesce(peer_exchange.full_name(person.first_name, person.last_name), person.email::text),
           notification.type::text, notification.title::text, notification.body::text,
           peer_exchange.readable_payload(notification.payload), notification.created_at::timestamptz,
           notification.delivery_attempts::integer, peer_exchange.language_of(to_json(person.*)),
           peer_exchange.published_time_zone_of(person.id),
           -- What tells when a session is, or that it is not.
           case when starts_with(notification.type::text, 'peer_booking_')
                then peer_exchange.session_calendar(
                       peer_exchange.session_told_of(
                         notification.type::text, peer_exchange.readable_payload(notification.payload)),
                       notification.recipient_id) end
      from public.notifications as notification
      join public.users as person on person.id = notification.recipient_id
     where notification.id = any (leased)
     order by array_position(leased, notification.id);
end $$;

comment on function peer_exchange.claim_notifications_by_owner(integer, interval) is
  'What peer_exchange.claim_notifications does, as the owner of the tables.';

create function peer_exchange.claim_notifications(p_batch integer default 50, p_lease interval default '2 minutes')
returns table (notification_id uuid, message_id text, recipient_id uuid, email text, name text, type text, title text,
               body text, payload jsonb, created_at timestamptz, attempt integer, language text, timezone text,
               calendar text)
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.claim_notifications(integer, interval) is
  'Hands out up to p_batch notifications that are due, with what a message to the recipient takes; until p_lease is over nobody else gets them. Acknowledge each with ack_notifications or fail_notification. For service_role and the owner.';

create function peer_exchange.ack_notifications_by_owner(p_ids uuid[]) returns integer
language plpgsql
as $$
#variable_conflict use_variable
declare
  undelivered uuid[];
begin
  perform peer_exchange.require_ids(p_ids);
  -- In the order of their ids, so that two acknowledgements never wait for each other crosswise.
  undelivered := array(
    select notification.id
      from public.notifications as notification
     where notification.id = any (p_ids)
       and notification.delivered_at is null
     order by notification.id
       for no key update);
  update public.notifications as notification
     set delivered_at    = now(),
         delivery_due_at = null,
         delivery_error  = null
   where notification.id = any (undelivered);
  perform peer_exchange.mark_unwanted_as_read(undelivered);
  perform peer_exchange.release_later_notifications(undelivered);
  return cardinality(undelivered);
end $$;

comment on function peer_exchange.ack_notifications_by_owner(uuid[]) is
  'What peer_exchange.ack_notifications does, as the owner of the tables.';

create function peer_exchange.ack_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.ack_notifications(uuid[]) is
  'Says that these notifications were delivered, whoever holds them now; returns how many were not before. For service_role and the owner.';

create function peer_exchange.fail_notification_by_owner(p_id uuid, p_error text) returns timestamptz
language plpgsql
as $$
declare
  next_attempt timestamptz;
begin
  if p_id is null then
    raise null_value_not_allowed using message = 'p_id must not be NULL';
  end if;
  update public.notifications as notification
     set delivery_error  = left(coalesce(nullif(btrim(p_error), ''), 'no reason was given'), 2000),
         delivery_due_at = case
           when coalesce(notification.delivery_attempts, 0) < peer_exchange.max_delivery_attempts()
           then clock_timestamp() + peer_exchange.retry_delay(notification.delivery_attempts::integer)
         end
   where notification.id = p_id
     and notification.delivery_due_at is not null
  returning notification.delivery_due_at into next_attempt;
  if found and next_attempt is null then
    perform peer_exchange.release_later_notifications(array[p_id]);
  end if;
  return next_attempt;
end $$;

comment on function peer_exchange.fail_notification_by_owner(uuid, text) is
  'What peer_exchange.fail_notification does, as the owner of the tables.';

create function peer_exchange.fail_notification(p_id uuid, p_error text) returns timestamptz
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.fail_notification(uuid, text) is
  'Says that a delivery has failed and why; returns when it is tried again, NULL where it is not: too many attempts, delivered meanwhile, or no such notification. For service_role and the owner.';

create function peer_exchange.requeue_notifications_by_owner(p_ids uuid[]) returns integer
language plpgsql
as $$
declare
  requeued integer;
begin
  perform peer_exchange.require_ids(p_ids);
  update public.notifications as notification
     set delivery_due_at   = now(),
         delivery_attempts = 0
   where notification.id in (select dead.id
                               from public.notifications as dead
                              where dead.id = any (p_ids)
                                and dead.delivered_at is null
                                and dead.delivery_due_at is null
                                and dead.delivery_error is not null
                              order by dead.id
                                for no key update);
  get diagnostics requeued = row_count;
  return requeued;
end $$;

comment on function peer_exchange.requeue_notifications_by_owner(uuid[]) is
  'What peer_exchange.requeue_notifications does, as the owner of the tables.';

create function peer_exchange.requeue_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.requeue_notifications(uuid[]) is
  'Has notifications that were given up tried again, from the first attempt; returns how many. For service_role and the owner.';
