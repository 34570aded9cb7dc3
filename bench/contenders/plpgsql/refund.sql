-- Cancelling, with what the policy and the ledger give back.
create function process_peer_booking_refund(
  p_session_id uuid, p_cancellation_reason text default 'Session cancelled')
returns json
language plpgsql security definer
set search_path from current
as $$
declare
  claims            json := nullif(current_setting('request.jwt.claims', true), '')::json;
  caller            uuid := case when claims ->> 'role' = 'authenticated' then (claims ->> 'sub')::uuid end;
  reason            text := coalesce(nullif(btrim(p_cancellation_reason), ''), 'Session cancelled');
  session           record;
  starts_at         timestamptz;
  paid              integer;
  refunded_before   bigint;
  policy            record;
  percent           numeric := 100;
  refunded          integer;
  taken             integer;
  person            record;
  client            record;
  practitioner      record;
  client_after      integer;
  earner_after      integer;
  owed_after        integer;
  moment            text;
  why               text;
  facts             jsonb;
begin
  if p_session_id is null then
    return refusal('MISSING_PARAMETER', 'Missing parameter: p_session_id',
                   json_build_object('parameter', 'p_session_id'), '{"refunded_credits": 0}');
  end if;
  select * into session from client_sessions where id = p_session_id for no key update;
  if not found then
    return refusal('SESSION_NOT_FOUND', 'The session was not found', '{}', '{"refunded_credits": 0}');
  elsif caller not in (session.client_id, session.therapist_id) then
    raise insufficient_privilege using message = 'you can only act for yourself';
  elsif not session.is_peer_booking then
    return refusal('NOT_PEER_BOOKING', 'The session is not a peer booking', '{}', '{"refunded_credits": 0}');
  end if;

  for person in
    select users.id, concat_ws(' ', users.first_name, users.last_name) as name, credits.balance, credits.owed
      from users
      join credits on credits.user_id = users.id
     where users.id in (session.client_id, session.therapist_id)
     order by users.id
       for no key update of credits
  loop
    if person.id = session.client_id then client := person; else practitioner := person; end if;
  end loop;
  select coalesce(sum(case entry.transaction_type when 'session_payment' then entry.amount else -entry.amount end), 0),
         coalesce(sum(entry.amount) filter (where entry.transaction_type = 'refund'), 0)
    into paid, refunded_before
    from credit_transactions as entry
   where entry.session_id = p_session_id
     and entry.user_id = session.client_id
     and entry.transaction_type in ('session_payment', 'refund');
  starts_at := lower(session.occupied_during);
  if session.status = 'cancelled' then
    return refusal('ALREADY_CANCELLED', 'The session has already been cancelled',
                   json_build_object('refunded_credits', refunded_before), '{"refunded_credits": 0}');
  elsif session.status not in ('scheduled', 'confirmed', 'pending_payment', 'pending_approval')
        or (caller = session.client_id and paid > 0 and now() >= starts_at) then
    return refusal('NOT_CANCELLABLE',
                   'The session can no longer be cancelled: it is ' || replace(session.status, '_', ' '),
                   json_build_object('status', session.status), '{"refunded_credits": 0}');
  end if;

  if caller = session.client_id then
    select * into policy from cancellation_policies where practitioner_id = session.therapist_id and is_active;
    if found then
      percent := case
        when starts_at - now() >= make_interval(hours => policy.full_refund_hours) then 100
        when starts_at - now() >= make_interval(hours => greatest(policy.partial_refund_hours, policy.no_refund_hours))
        then policy.partial_refund_percent
        else 0 end;
    end if;
  end if;
  refunded := round(paid * percent / 100);
  taken := least(practitioner.balance, refunded);
  client_after := client.balance + refunded;
  earner_after := practitioner.balance - taken;
  owed_after := practitioner.owed + refunded - taken;

  update client_sessions
     set status = 'cancelled', occupied_during = null, cancelled_at = now(), cancelled_by = caller,
         cancellation_reason = reason,
         payment_status = case when paid > 0 and percent = 100 then 'refunded'
                               when paid > 0 and percent > 0 then 'partially_refunded'
                               else payment_status end
   where id = p_session_id;
  if refunded > 0 then
    insert into credit_transactions
           (user_id, transaction_type, amount, balance_before, balance_after, owed_before, owed_after, description,
            session_id)
    values (session.client_id, 'refund', refunded, client.balance, client_after, client.owed, client.owed,
            reason, p_session_id),
           (session.therapist_id, 'session_earning_reversal', refunded, practitioner.balance, earner_after,
            practitioner.owed, owed_after, reason, p_session_id);
    update credits
       set balance = client_after, total_spent = total_spent - refunded, updated_at = now()
     where user_id = session.client_id;
    update credits
       set balance = earner_after, owed = owed_after, total_earned = total_earned - refunded, updated_at = now()
     where user_id = session.therapist_id;
  end if;

  if paid > 0 then
    moment := to_char(session.session_date, '"on" FMDD FMMonth YYYY') || to_char(session.start_time, ' "at" HH24:MI');
    why := case when reason = 'Session cancelled' then '' else ': ' || rtrim(reason, '.') end;
    facts := jsonb_build_object('session_id', p_session_id, 'credits', refunded, 'session_date', session.session_date,
                                'start_time', to_char(session.start_time, 'HH24:MI'),
                                'duration_minutes', session.duration_minutes, 'reason', reason,
                                'starts_at', to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                                'ends_at', to_char(upper(session.occupied_during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                                'timezone', session.occupied_timezone, 'kept_credits', paid - refunded,
                                'cancelled_by', case caller when session.client_id then 'client'
                                                            when session.therapist_id then 'practitioner'
                                                            else 'application' end);
    insert into notifications (type, recipient_id, title, body, payload)
    values ('peer_booking_cancelled_refunded', session.client_id, 'Session cancelled',
            format('The session with %s %s was cancelled%s. %s Your balance is %s.', practitioner.name, moment, why,
                   case refunded when 0 then 'No credits were returned.'
                                 else credit_words(refunded) || ' returned to you.' end, client_after),
            facts || jsonb_build_object('balance_after', client_after, 'other_party_name', practitioner.name,
                                        'recipient_role', 'client')),
           ('peer_booking_cancelled_refunded', session.therapist_id, 'Session cancelled',
            format('The session with %s %s was cancelled%s. %s Your balance is %s.%s', client.name, moment, why,
                   case refunded when 0 then 'No credits were returned.'
                                 else credit_words(refunded) || ' returned to ' || client.name || '.' end, earner_after,
                   case when owed_after > 0
                        then ' ' || credit_words(owed_after) || ' will be taken from what you earn next.' else '' end),
            facts || jsonb_build_object('balance_after', earner_after, 'other_party_name', client.name,
                                        'recipient_role', 'practitioner'));
  end if;

  return json_build_object(
    'success', true, 'session_id', p_session_id, 'refunded_credits', refunded,
    'refund_percent', trim_scale(percent), 'credits_were_deducted', paid > 0,
    'client_new_balance', client_after, 'practitioner_new_balance', earner_after, 'practitioner_owes', owed_after);
end $$;
