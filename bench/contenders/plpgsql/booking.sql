-- What could be written without a library: PL/pgSQL, as good as we know how. It keeps the rules
-- of the contract, in its order, and writes what create_peer_booking writes. Settings are constants here,
-- everybody has a balance, and hours that touch are not joined; each of these spares it work.

create function refusal(p_code text, p_error text, p_details json, p_more jsonb) returns json
language sql immutable
as $$
  select (jsonb_build_object('success', false, 'error_code', p_code, 'error', p_error, 'details', p_details) || p_more)::json
$$;

create function is_practitioner(p_role text) returns boolean
language sql immutable
as $$ select p_role in ('osteopath', 'sports_therapist', 'massage_therapist') $$;

create function credit_words(p_credits integer) returns text
language sql immutable
as $$ select p_credits || case p_credits when 1 then ' credit' else ' credits' end $$;

create function create_peer_booking(
  p_client_id uuid, p_practitioner_id uuid, p_session_date date, p_start_time time,
  p_duration_minutes integer, p_session_type text, p_notes text default null,
  p_product_id uuid default null, p_idempotency_key text default null)
returns json
language plpgsql security definer
set search_path from current
as $$
declare
  claims         json := nullif(current_setting('request.jwt.claims', true), '')::json;
  missing        text;
  digest         uuid;
  person         record;
  client         record;
  practitioner   record;
  product        record;
  duration       integer := p_duration_minutes;
  cost           integer;
  timezone       text;
  working_hours  jsonb;
  hours          jsonb;
  starts_at      timestamptz;
  ends_at        timestamptz;
  slot           tstzrange;
  slot_is_taken  boolean;
  client_is_busy boolean;
  expired_holds  uuid[];
  earlier        record;
  v_session_id   uuid;
  settled        integer;
  client_after   integer;
  earner_after   integer;
  moment         text;
  facts          jsonb;
begin
  missing := case when p_client_id is null then 'p_client_id'
                  when p_practitioner_id is null then 'p_practitioner_id'
                  when p_session_date is null then 'p_session_date'
                  when p_start_time is null then 'p_start_time'
                  when p_duration_minutes is null then 'p_duration_minutes'
                  when coalesce(btrim(p_session_type), '') = '' then 'p_session_type' end;
  if missing is not null then
    return refusal('MISSING_PARAMETER', 'Missing parameter: ' || missing, json_build_object('parameter', missing), '{}');
  end if;
  if p_duration_minutes not between 1 and 480 then
    return refusal('INVALID_DURATION', 'The duration must be between 1 and 480 minutes',
                   json_build_object('duration_minutes', p_duration_minutes, 'max_duration_minutes', 480), '{}');
  end if;
  if claims ->> 'role' = 'authenticated' and (claims ->> 'sub')::uuid is distinct from p_client_id then
    raise insufficient_privilege using message = 'you can only act for yourself';
  end if;

  -- Both people and both balances, in the order of the ids.
  for person in
    select users.id, concat_ws(' ', users.first_name, users.last_name) as name, users.email, users.user_role,
           users.is_active, credits.balance, credits.owed
      from users
      join credits on credits.user_id = users.id
     where users.id in (p_client_id, p_practitioner_id)
     order by users.id
       for no key update
  loop
    if person.id = p_client_id then client := person; else practitioner := person; end if;
  end loop;

  if p_idempotency_key is not null then
    digest := md5(concat_ws('|', p_practitioner_id, p_session_date, p_start_time, p_duration_minutes,
                            p_session_type, p_notes, p_product_id))::uuid;
    select session.id, session.idempotency_digest, payment.amount, payment.balance_before, payment.balance_after,
           earning.balance_before as earner_before, earning.balance_after as earner_after
      into earlier
      from client_sessions as session
      join credit_transactions as payment
           on payment.session_id = session.id and payment.transaction_type = 'session_payment'
      join credit_transactions as earning
           on earning.session_id = session.id and earning.transaction_type = 'session_earning'
     where session.client_id = p_client_id
       and session.idempotency_key = p_idempotency_key;
    if found then
      if earlier.idempotency_digest <> digest then
        return refusal('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another booking', '{}', '{}');
      end if;
      return json_build_object(
        'success', true, 'session_id', earlier.id, 'status', 'scheduled', 'credit_cost', earlier.amount,
        'client_balance_before', earlier.balance_before, 'client_balance_after', earlier.balance_after,
        'practitioner_balance_before', earlier.earner_before, 'practitioner_balance_after', earlier.earner_after,
        'replayed', true);
    end if;
  end if;

  if p_client_id = p_practitioner_id then
    return refusal('SELF_BOOKING', 'You cannot book a session with yourself', '{}', '{}');
  elsif client is null then
    return refusal('CLIENT_NOT_FOUND', 'The client was not found', '{}', '{}');
  elsif practitioner is null then
    return refusal('PRACTITIONER_NOT_FOUND', 'The practitioner was not found', '{}', '{}');
  elsif not is_practitioner(client.user_role) then
    return refusal('CLIENT_NOT_PRACTITIONER', 'Only practitioners can book peer sessions', '{}', '{}');
  elsif not is_practitioner(practitioner.user_role) then
    return refusal('PRACTITIONER_NOT_ELIGIBLE', 'This person does not offer peer sessions', '{}', '{}');
  elsif not client.is_active then
    return refusal('CLIENT_INACTIVE', 'Your account is not active', '{}', '{}');
  elsif not practitioner.is_active then
    return refusal('PRACTITIONER_INACTIVE', 'This practitioner is not active', '{}', '{}');
  end if;

  cost := p_duration_minutes;
  if p_product_id is not null then
    select offered.duration_minutes, offered.credit_cost
      into product
      from practitioner_products as offered
     where offered.id = p_product_id and offered.practitioner_id = p_practitioner_id and offered.is_active;
    if not found then
      return refusal('PRODUCT_NOT_FOUND', 'This practitioner does not offer the chosen product', '{}', '{}');
    end if;
    duration := coalesce(product.duration_minutes, p_duration_minutes);
    cost := coalesce(product.credit_cost, duration);
  end if;

  select availability.timezone, availability.working_hours
    into timezone, working_hours
    from practitioner_availability as availability
   where availability.user_id = p_practitioner_id;
  starts_at := (p_session_date + p_start_time) at time zone coalesce(timezone, 'UTC');
  ends_at := starts_at + make_interval(mins => duration);
  slot := tstzrange(starts_at, ends_at);
  if starts_at <= now() then
    return refusal('SESSION_IN_PAST', 'The session must start in the future',
                   json_build_object('min_notice_minutes', 0), jsonb_build_object('credit_cost', cost));
  elsif starts_at > now() + interval '365 days' then
    return refusal('TOO_FAR_AHEAD', 'The session must start within 365 days from now',
                   json_build_object('max_advance_days', 365), jsonb_build_object('credit_cost', cost));
  end if;

  if working_hours <> '{}' then
    hours := working_hours -> to_char(p_session_date, 'fmday');
    if not coalesce((hours ->> 'enabled')::boolean, hours is not null)
       or not exists (
            select from jsonb_array_elements(coalesce(hours -> 'hours', jsonb_build_array(hours))) as stretch
             where (stretch ->> 'start')::time <= p_start_time
               and (stretch ->> 'end')::time::interval >= p_start_time::interval + make_interval(mins => duration))
    then
      return refusal('OUTSIDE_WORKING_HOURS', 'The session lies outside the practitioner''s working hours', '{}',
                     jsonb_build_object('credit_cost', cost));
    end if;
  end if;

  if exists (select from calendar_events as event
              where event.user_id = p_practitioner_id
                and event.status = 'confirmed'
                and event.event_type in ('block', 'unavailable')
                and event.start_time < ends_at
                and event.end_time > starts_at)
  then
    return refusal('PRACTITIONER_BLOCKED', 'The practitioner is unavailable at this time', '{}',
                   jsonb_build_object('credit_cost', cost));
  end if;

  select bool_or(not other.is_expired and p_practitioner_id in (other.therapist_id, other.client_id)),
         bool_or(not other.is_expired and p_client_id in (other.therapist_id, other.client_id)),
         array_agg(other.id) filter (where other.is_expired)
    into slot_is_taken, client_is_busy, expired_holds
    from (select given.id, given.therapist_id, given.client_id,
                 given.status = 'pending_payment' and given.expires_at <= now() as is_expired
            from client_sessions as given
           where given.therapist_id = p_practitioner_id and given.occupied_during && slot
          union all
          select given.id, given.therapist_id, given.client_id,
                 given.status = 'pending_payment' and given.expires_at <= now()
            from client_sessions as given
           where given.therapist_id = p_client_id and given.occupied_during && slot
          union all
          select received.id, received.therapist_id, received.client_id,
                 received.status = 'pending_payment' and received.expires_at <= now()
            from client_sessions as received
           where received.client_id in (p_client_id, p_practitioner_id)
             -- The index is by date; a slot of any time zone lies within a day of it.
             and received.session_date between p_session_date - 2 and p_session_date + 2
             and received.occupied_during && slot) as other;
  if slot_is_taken then
    return refusal('SLOT_CONFLICT', 'This time slot is already taken', '{}', jsonb_build_object('credit_cost', cost));
  elsif client_is_busy then
    return refusal('CLIENT_CONFLICT', 'You already have a session at this time', '{}',
                   jsonb_build_object('credit_cost', cost));
  elsif client.balance < cost then
    return refusal('INSUFFICIENT_CREDITS',
                   format('Insufficient credits. Required: %s, Available: %s', cost, client.balance),
                   json_build_object('required', cost, 'available', client.balance),
                   jsonb_build_object('credit_cost', cost));
  end if;

  begin
    if expired_holds is not null then
      update client_sessions set status = 'expired', occupied_during = null where id = any (expired_holds);
    end if;
    insert into client_sessions
           (therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
            session_type, notes, product_id, credit_cost, idempotency_key, idempotency_digest, occupied_during, occupied_timezone,
            status, payment_status, is_peer_booking)
    values (p_practitioner_id, p_client_id, client.name, client.email, p_session_date, p_start_time, duration,
            p_session_type, p_notes, p_product_id, cost, p_idempotency_key, digest, slot, coalesce(timezone, 'UTC'),
            'scheduled', 'paid', true)
    returning id into v_session_id;
  exception when exclusion_violation then
    return refusal('SLOT_CONFLICT', 'This time slot is already taken', '{}', jsonb_build_object('credit_cost', cost));
  end;

  settled := least(practitioner.owed, cost);
  client_after := client.balance - cost;
  earner_after := practitioner.balance + cost - settled;
  insert into credit_transactions
         (user_id, transaction_type, amount, balance_before, balance_after, owed_before, owed_after, description,
          session_id)
  values (p_client_id, 'session_payment', cost, client.balance, client_after, client.owed, client.owed,
          'Peer session', v_session_id),
         (p_practitioner_id, 'session_earning', cost, practitioner.balance, earner_after, practitioner.owed,
          practitioner.owed - settled, 'Peer session', v_session_id);
  update credits
     set balance = client_after, total_spent = total_spent + cost, updated_at = now()
   where user_id = p_client_id;
  update credits
     set balance = earner_after, owed = practitioner.owed - settled, total_earned = total_earned + cost,
         updated_at = now()
   where user_id = p_practitioner_id;

  moment := to_char(p_session_date, '"on" FMDD FMMonth YYYY') || to_char(p_start_time, ' "at" HH24:MI');
  facts := jsonb_build_object('session_id', v_session_id, 'credits', cost, 'session_date', p_session_date,
                              'start_time', to_char(p_start_time, 'HH24:MI'), 'duration_minutes', duration,
                              'starts_at', to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                              'ends_at', to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                              'timezone', coalesce(timezone, 'UTC'));
  insert into notifications (type, recipient_id, title, body, payload)
  values ('peer_booking_confirmed_client', p_client_id, 'Session booked',
          format('Your %s-minute session with %s %s is booked.', duration, practitioner.name, moment),
          facts || jsonb_build_object('balance_after', client_after, 'other_party_name', practitioner.name)),
         ('peer_credits_deducted', p_client_id, credit_words(cost) || ' spent',
          format('%s paid for your session with %s %s. Your balance is %s.', credit_words(cost), practitioner.name,
                 moment, client_after),
          facts || jsonb_build_object('balance_after', client_after, 'other_party_name', practitioner.name)),
         ('peer_booking_confirmed_practitioner', p_practitioner_id, 'New peer booking',
          format('%s has booked a %s-minute session with you %s.', client.name, duration, moment),
          facts || jsonb_build_object('balance_after', earner_after, 'other_party_name', client.name)),
         ('peer_credits_earned', p_practitioner_id, credit_words(cost) || ' earned',
          format('%s earned from the session with %s %s. Your balance is %s.', credit_words(cost), client.name,
                 moment, earner_after),
          facts || jsonb_build_object('balance_after', earner_after, 'other_party_name', client.name));

  return json_build_object(
    'success', true, 'session_id', v_session_id, 'status', 'scheduled', 'credit_cost', cost,
    'client_balance_before', client.balance, 'client_balance_after', client_after,
    'practitioner_balance_before', practitioner.balance, 'practitioner_balance_after', earner_after,
    'replayed', false);
end $$;
