-- What the library replaces: a client that quotes, inserts the session and then charges it, each in a
-- transaction of its own. The application had no overlap constraint, wrote no notifications and locked
-- balances in the order in which it came to them.
alter table client_sessions drop constraint no_overlap;
create unique index on client_sessions (therapist_id, session_date, start_time)
  where status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment');

grant select, insert, update on client_sessions to authenticated;
alter table client_sessions enable row level security;
create policy "Both parties see their sessions" on client_sessions
  for select using (client_id = (select auth.uid()) or therapist_id = (select auth.uid()));
create policy "Clients insert their own sessions" on client_sessions
  for insert with check (client_id = (select auth.uid()));

create function get_practitioner_credit_cost(
  p_practitioner_id uuid, p_duration_minutes integer, p_product_id uuid default null)
returns integer
language plpgsql stable security definer
set search_path from current
as $$
begin
  return coalesce((select coalesce(offered.credit_cost, offered.duration_minutes)
                     from practitioner_products as offered
                    where offered.id = p_product_id
                      and offered.practitioner_id = p_practitioner_id
                      and offered.is_active),
                  p_duration_minutes);
end $$;

create function process_peer_booking_credits(
  p_client_id uuid, p_practitioner_id uuid, p_session_id uuid, p_duration_minutes integer,
  p_product_id uuid default null)
returns json
language plpgsql security definer
set search_path from current
as $$
declare
  cost           integer := get_practitioner_credit_cost(p_practitioner_id, p_duration_minutes, p_product_id);
  client_balance integer;
  earner_balance integer;
begin
  select balance into client_balance from credits where user_id = p_client_id for update;
  if client_balance < cost then
    return json_build_object('success', false, 'error', 'Insufficient credits');
  end if;
  update credits
     set balance = client_balance - cost, total_spent = total_spent + cost, updated_at = now()
   where user_id = p_client_id;
  select balance into earner_balance from credits where user_id = p_practitioner_id for update;
  update credits
     set balance = earner_balance + cost, total_earned = total_earned + cost, updated_at = now()
   where user_id = p_practitioner_id;
  insert into credit_transactions
         (user_id, transaction_type, amount, balance_before, balance_after, description, session_id)
  values (p_client_id, 'session_payment', cost, client_balance, client_balance - cost, 'Peer session', p_session_id),
         (p_practitioner_id, 'session_earning', cost, earner_balance, earner_balance + cost, 'Peer session',
          p_session_id);
  update client_sessions set payment_status = 'paid', credit_cost = cost where id = p_session_id;
  return json_build_object('success', true, 'credit_cost', cost);
end $$;

-- Called after the client has set the session's status to cancelled.
create function process_peer_booking_refund(
  p_session_id uuid, p_cancellation_reason text default 'Session cancelled')
returns json
language plpgsql security definer
set search_path from current
as $$
declare
  session        record;
  client_balance integer;
  earner_balance integer;
begin
  select client_id, therapist_id, credit_cost into session from client_sessions where id = p_session_id;
  select balance into client_balance from credits where user_id = session.client_id for update;
  update credits
     set balance = client_balance + session.credit_cost, total_spent = total_spent - session.credit_cost,
         updated_at = now()
   where user_id = session.client_id;
  select balance into earner_balance from credits where user_id = session.therapist_id for update;
  update credits
     set balance = greatest(earner_balance - session.credit_cost, 0),
         total_earned = total_earned - session.credit_cost, updated_at = now()
   where user_id = session.therapist_id;
  insert into credit_transactions
         (user_id, transaction_type, amount, balance_before, balance_after, description, session_id)
  values (session.client_id, 'refund', session.credit_cost, client_balance, client_balance + session.credit_cost,
          p_cancellation_reason, p_session_id),
         (session.therapist_id, 'session_earning_reversal', session.credit_cost, earner_balance,
          greatest(earner_balance - session.credit_cost, 0), p_cancellation_reason, p_session_id);
  update client_sessions set payment_status = 'refunded' where id = p_session_id;
  return json_build_object('success', true, 'refunded_credits', session.credit_cost);
end $$;
