-- What clients call. Security invoker and one expression each, so that Postgres inlines them: they
-- cost nothing, and PostgREST finds them in the schema that it exposes.

create function public.create_peer_booking(
  p_client_id uuid, p_practitioner_id uuid, p_session_date date, p_start_time time,
  p_duration_minutes integer, p_session_type text, p_notes text default null,
  p_product_id uuid default null, p_idempotency_key text default null)
returns json
language sql volatile
as $$
  select peer_exchange.create_peer_booking(p_client_id, p_practitioner_id, p_session_date, p_start_time,
           p_duration_minutes, p_session_type, p_notes, p_product_id, p_idempotency_key)
$$;

comment on function public.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'Books a peer session and pays for it in credits, wholly or not at all. Replies {"success": true, session_id, credit_cost, balances} or {"success": false, error_code, error, details}. A retry with the same p_idempotency_key yields the same booking. A signed-in person books for herself only.';

create function public.process_peer_booking_credits(
  p_client_id uuid, p_practitioner_id uuid, p_session_id uuid, p_duration_minutes integer,
  p_product_id uuid default null)
returns json
language sql volatile
as $$
  select peer_exchange.process_peer_booking_credits(p_client_id, p_practitioner_id, p_session_id,
           p_duration_minutes, p_product_id)
$$;

comment on function public.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid) is
  'The older, two-step flow: charges a peer session that its client has inserted, once. Replies like create_peer_booking, which does both at once.';

create function public.process_peer_booking_refund(
  p_session_id uuid, p_cancellation_reason text default 'Session cancelled')
returns json
language sql volatile
as $$
  select peer_exchange.process_peer_booking_refund(p_session_id, p_cancellation_reason)
$$;

comment on function public.process_peer_booking_refund(uuid, text) is
  'Cancels a peer session and gives back what was paid for it, once: all of it, or by the practitioner''s cancellation policy where the client cancels. Either party may call it.';

create function public.get_practitioner_credit_cost(
  p_practitioner_id uuid, p_duration_minutes integer, p_product_id uuid default null)
returns integer
language sql stable
as $$
  select peer_exchange.get_practitioner_credit_cost(p_practitioner_id, p_duration_minutes, p_product_id)
$$;

comment on function public.get_practitioner_credit_cost(uuid, integer, uuid) is
  'What a session with this practitioner costs, in credits; the rule that create_peer_booking charges by.';

create function public.get_available_slots(
  p_practitioner_id uuid, p_from date, p_to date, p_duration_minutes integer default 60,
  p_step_minutes integer default 15, p_product_id uuid default null)
returns json
language sql stable
as $$
  select peer_exchange.get_available_slots(p_practitioner_id, p_from, p_to, p_duration_minutes,
           p_step_minutes, p_product_id)
$$;

comment on function public.get_available_slots(uuid, date, date, integer, integer, uuid) is
  'The starts that create_peer_booking would accept from the caller now, on these days of the practitioner''s calendar, so many minutes apart from midnight on. Replies {"success": true, timezone, credit_cost, slots} or the refusal that every start would get.';

create function public.quote_peer_booking(
  p_client_id uuid, p_practitioner_id uuid, p_session_date date, p_start_time time,
  p_duration_minutes integer, p_session_type text, p_notes text default null,
  p_product_id uuid default null, p_idempotency_key text default null)
returns json
language sql stable
as $$
  select peer_exchange.quote_peer_booking(p_client_id, p_practitioner_id, p_session_date, p_start_time,
           p_duration_minutes, p_session_type, p_notes, p_product_id, p_idempotency_key)
$$;

comment on function public.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'The reply that create_peer_booking would give to the same arguments now, with a session_id of null; nothing is written.';

create function public.search_peer_practitioners(
  p_query text default null, p_role text default null, p_location text default null,
  p_specialization text default null, p_duration_minutes integer default 60, p_limit integer default 20,
  p_offset integer default 0)
returns json
language sql stable
as $$
  select peer_exchange.search_peer_practitioners(p_query, p_role, p_location, p_specialization,
           p_duration_minutes, p_limit, p_offset)
$$;

comment on function public.search_peer_practitioners(text, text, text, text, integer, integer, integer) is
  'Active practitioners but the caller, by parts of name, location and specialization whatever their case and accents, in the order of their names: {"total", practitioners: [practitioner_id, name, user_role, location, specializations, credit_cost, rating, rating_count, completed_sessions, next_free_slot]}.';

create function public.get_credit_statement(
  p_from date default null, p_to date default null, p_limit integer default 50, p_before text default null)
returns json
language sql stable
as $$
  select peer_exchange.get_credit_statement(p_from, p_to, p_limit, p_before)
$$;

comment on function public.get_credit_statement(date, date, integer, text) is
  'What the caller has, and one page of how it came to be, newest first: signed credits, the balance after each, counterpart and session. next_before is the p_before of the next page.';

create function public.get_my_peer_sessions(
  p_scope text default 'upcoming', p_limit integer default 20, p_before text default null)
returns json
language sql stable
as $$
  select peer_exchange.get_my_peer_sessions(p_scope, p_limit, p_before)
$$;

comment on function public.get_my_peer_sessions(text, integer, text) is
  'The caller''s own peer sessions, given and received: upcoming (soonest first), past or all (latest first), with what a cancellation would give back now. next_before is the p_before of the next page.';

create function public.mark_notifications_read(p_ids uuid[])
returns integer
language sql volatile
as $$
  select peer_exchange.mark_notifications_read(p_ids)
$$;

comment on function public.mark_notifications_read(uuid[]) is
  'Marks the caller''s own notifications as read and returns how many of them were unread. Those of others are passed over.';

create function public.reschedule_peer_booking(
  p_session_id uuid, p_session_date date, p_start_time time, p_idempotency_key text default null)
returns json
language sql volatile
as $$
  select peer_exchange.reschedule_peer_booking(p_session_id, p_session_date, p_start_time, p_idempotency_key)
$$;

comment on function public.reschedule_peer_booking(uuid, date, time, text) is
  'Moves a peer session that is paid for, by all rules of a new booking but its own slot; parties, duration and payment stay. Either party may call it. Replies {"success": true, session_id, session_date, start_time, previous_…} or {"success": false, error_code, error, details}.';
