-- From 0.1.0 to 0.2.0. Written by `cargo xtask test upgrade-script --bless` from sql/upgrade/0.1.0--0.2.0.sql and
-- from what is new in the install script; the next time it writes over what is changed here.

-- What does not follow from the two install scripts: tables and types that change, and whatever hangs on a function that goes.

-- The triggers on users follow.
alter function peer_exchange.release_leaver() rename to release_departing_person;

drop function if exists peer_exchange.cancel_sessions_of_leaver(p_user_id uuid, p_is_deleted bool);

drop function if exists peer_exchange.grant_functions(p_role_name name);

drop function if exists peer_exchange.is_own_write();

drop function if exists peer_exchange.release_leaver();

drop function if exists peer_exchange.setup_figure_indexes();

drop function if exists peer_exchange.setup_function_grants();

create function peer_exchange.functions()
returns table (name text, arguments text, caller text, is_in_public boolean, purpose text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('create_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Books a session and pays for it; a signed-in person as `p_client_id` only'),
    ('process_peer_booking_credits', 'uuid, uuid, uuid, integer, uuid', 'person', true,
     'Charges a session that its client has inserted; a signed-in person as `p_client_id` only'),
    ('process_peer_booking_refund', 'uuid, text', 'person', true,
     'Cancels a session and gives back what is due; a signed-in person as either party'),
    ('reschedule_peer_booking', 'uuid, date, time, text', 'person', true,
     'Moves a session that is paid for; a signed-in person as either party'),
    ('quote_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Says what `create_peer_booking` would reply; a signed-in person as `p_client_id` only'),
    ('get_practitioner_credit_cost', 'uuid, integer, uuid', 'person', true,
     'Says what a session costs'),
    ('get_available_slots', 'uuid, date, date, integer, integer, uuid', 'person', true,
     'Lists the starts that can be booked: by the signed-in person, or, for the service, on the practitioner''s side alone'),
    ('search_peer_practitioners', 'text, text, text, text, integer, integer, integer', 'person', true,
     'Finds practitioners, but not the signed-in person herself'),
    ('get_credit_statement', 'date, date, integer, text', 'person', true,
     'Says what a signed-in person has and how it came to be; 42501 for the service'),
    ('get_my_peer_sessions', 'text, integer, text', 'person', true,
     'Lists the sessions of a signed-in person; 42501 for the service'),
    ('mark_notifications_read', 'uuid[]', 'person', true,
     'Marks notifications of a signed-in person as read; 42501 for the service'),
    ('claim_notifications', 'integer, interval', 'service', true,
     'Hands out notifications that are due for delivery'),
    ('ack_notifications', 'uuid[]', 'service', true,
     'Says that notifications were delivered'),
    ('fail_notification', 'uuid, text', 'service', true,
     'Says that a delivery has failed'),
    ('requeue_notifications', 'uuid[]', 'service', false,
     'Has notifications tried again that were given up'),
    ('grant_credits', 'uuid, integer, text, text', 'service', false,
     'Grants credits to a person'),
    ('allocate_credits', 'integer, text, text, uuid[]', 'service', false,
     'Grants credits to everybody, once a period'),
    ('cancel_orphaned_sessions', 'interval', 'service', false,
     'Cancels sessions that were never charged'),
    ('send_due_reminders', '', 'service', false,
     'Reminds people of their sessions'),
    ('schedule_jobs', '', 'service', false,
     'Has pg_cron run what recurs'),
    ('unschedule_jobs', '', 'service', false,
     'Takes back what `schedule_jobs` has scheduled'),
    ('verify_ledger', '', 'service', false,
     'Names every discrepancy between balances, ledger and sessions'),
    ('purge_refusals', '', 'service', false,
     'Deletes refused calls that are kept no longer'),
    ('booking_figures', 'date, date, text', 'service', false,
     'Counts bookings and refusals by day'),
    ('refusal_figures', 'date, date, text', 'service', false,
     'Counts refusals by day, function and code'),
    ('cancellation_figures', 'date, date, text', 'service', false,
     'Counts cancellations by who cancelled and how early'),
    ('circulation_figures', '', 'service', false,
     'Says how many credits there are now'),
    ('credit_figures', 'date, date, text', 'service', false,
     'Says how credits moved by day'),
    ('velocity_figures', 'date, date, text', 'service', false,
     'Says how often a credit changed hands'),
    ('person_figures', 'date, date, text', 'service', false,
     'Says what each person earned and spent'),
    ('inactivity_figures', 'integer, text', 'service', false,
     'Lists practitioners who take no part'),
    ('notification_figures', 'date, date, text', 'service', false,
     'Counts notifications and their delivery'),
    ('figure_period', 'date, date, text', 'service', false,
     'Says which days figures are about'),
    ('refusals_kept_from', '', 'service', false,
     'Says since when refused calls are known'),
    ('time_zone_or_default', 'text', 'service', false,
     'A time zone, or that of the setting where it is none'),
    ('default_time_zone', '', 'service', false,
     'The setting `peer_exchange.timezone`'),
    ('practitioner_roles', '', 'service', false,
     'The setting `peer_exchange.practitioner_roles`, as a list'),
    ('refusal_retention_days', '', 'service', false,
     'The setting `peer_exchange.refusal_retention_days`'),
    ('setup', 'boolean', 'administrator', false,
     'Makes or adopts the tables; for the owner of the extension')
$$;

comment on function peer_exchange.functions() is
  'The functions that are called from outside, whether PostgREST finds them in public, and who may execute them: a signed-in person and the service, the service, or an administrator.';

create function peer_exchange.own_functions() returns table (id regprocedure)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select member.objid::regprocedure
    from pg_depend as member
    join pg_extension as extension on extension.oid = member.refobjid
   where member.refclassid = 'pg_extension'::regclass
     and member.classid = 'pg_proc'::regclass
     and member.deptype = 'e'
     and extension.extname = 'peer_exchange'
$$;

comment on function peer_exchange.own_functions() is 'The functions of this extension.';

CREATE  FUNCTION "allocate_credits"(
	"p_amount" INT, /* Option < i32 > */
	"p_reason" TEXT, /* Option < & str > */
	"p_period" TEXT, /* Option < & str > */
	"p_user_ids" uuid[] DEFAULT NULL /* :: std :: option :: Option < Vec < Option < pgrx :: Uuid > > > */
) RETURNS INT /* Result < i32, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'allocate_credits_wrapper';

create or replace FUNCTION "cancel_orphaned_sessions"(
	"p_older_than" interval DEFAULT '15 minutes' /* Option < Interval > */
) RETURNS INT /* Result < i32, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'cancel_orphaned_sessions_wrapper';

CREATE  FUNCTION "cancel_sessions_of_departing_person"(
	"p_user_id" uuid, /* Option < pgrx :: Uuid > */
	"p_is_deleted" bool /* Option < bool > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'cancel_sessions_of_departing_person_wrapper';

create or replace FUNCTION "cancellation_terms"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_named" uuid /* Option < pgrx :: Uuid > */
) RETURNS TABLE (
	"payment_status" TEXT,  /* Option < String > */
	"cancelled_by" uuid  /* Option < pgrx :: Uuid > */
)
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'cancellation_terms_wrapper';

create or replace FUNCTION "create_peer_booking"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_session_type" TEXT, /* Option < & str > */
	"p_notes" TEXT, /* Option < & str > */
	"p_product_id" uuid, /* Option < pgrx :: Uuid > */
	"p_idempotency_key" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'create_peer_booking_wrapper';

create or replace FUNCTION "default_time_zone"() RETURNS TEXT /* Result < String, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'default_time_zone_wrapper';

create or replace FUNCTION "get_available_slots"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_from" date, /* Option < pgrx :: datum :: Date > */
	"p_to" date, /* Option < pgrx :: datum :: Date > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_step_minutes" INT, /* Option < i32 > */
	"p_product_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_available_slots_wrapper';

create or replace FUNCTION "get_credit_statement"(
	"p_from" date, /* Option < pgrx :: datum :: Date > */
	"p_to" date, /* Option < pgrx :: datum :: Date > */
	"p_limit" INT, /* Option < i32 > */
	"p_before" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_credit_statement_wrapper';

create or replace FUNCTION "get_my_peer_sessions"(
	"p_scope" TEXT, /* Option < & str > */
	"p_limit" INT, /* Option < i32 > */
	"p_before" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_my_peer_sessions_wrapper';

create or replace FUNCTION "get_practitioner_credit_cost"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_product_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS INT /* Result < i32, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_practitioner_credit_cost_wrapper';

create or replace FUNCTION "grant_credits"(
	"p_user_id" uuid, /* Option < pgrx :: Uuid > */
	"p_amount" INT, /* Option < i32 > */
	"p_reason" TEXT, /* Option < & str > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'grant_credits_wrapper';

create or replace FUNCTION "is_called_by_person"() RETURNS bool /* Result < bool, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'is_called_by_person_wrapper';

CREATE  FUNCTION "is_delivery_on"() RETURNS bool /* bool */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'is_delivery_on_wrapper';

create or replace FUNCTION "is_time_zone"(
	"p_name" TEXT /* Option < & str > */
) RETURNS bool /* bool */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'is_time_zone_wrapper';

create or replace FUNCTION "mark_notifications_read"(
	"p_ids" uuid[] /* :: std :: option :: Option < Vec < Option < pgrx :: Uuid > > > */
) RETURNS INT /* Result < i32, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'mark_notifications_read_wrapper';

CREATE  FUNCTION "max_delivery_attempts"() RETURNS INT /* i32 */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'max_delivery_attempts_wrapper';

create or replace FUNCTION "practitioner_roles"() RETURNS TEXT[] /* Result < Vec < String > , ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'practitioner_roles_wrapper';

create or replace FUNCTION "process_peer_booking_credits"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_product_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'process_peer_booking_credits_wrapper';

create or replace FUNCTION "process_peer_booking_refund"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_cancellation_reason" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'process_peer_booking_refund_wrapper';

create or replace FUNCTION "purge_refusals"() RETURNS bigint /* Result < i64, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'purge_refusals_wrapper';

create or replace FUNCTION "quote_peer_booking"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_session_type" TEXT, /* Option < & str > */
	"p_notes" TEXT, /* Option < & str > */
	"p_product_id" uuid, /* Option < pgrx :: Uuid > */
	"p_idempotency_key" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'quote_peer_booking_wrapper';

create or replace FUNCTION "refresh_occupancy"() RETURNS VOID /* Result < (), ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'refresh_occupancy_wrapper';

create or replace FUNCTION "refund_cancelled_sessions"(
	"p_changes" jsonb /* Option < pgrx :: JsonB > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'refund_cancelled_sessions_wrapper';

create or replace FUNCTION "refusal_retention_days"() RETURNS INT /* i32 */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'refusal_retention_days_wrapper';

create or replace FUNCTION "release_expired_holds"(
	"p_session_ids" uuid[] /* :: std :: option :: Option < Vec < Option < pgrx :: Uuid > > > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'release_expired_holds_wrapper';

create or replace FUNCTION "require_may_act_for"(
	"p_user_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'require_may_act_for_wrapper';

create or replace FUNCTION "reschedule_peer_booking"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_idempotency_key" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'reschedule_peer_booking_wrapper';

create or replace FUNCTION "search_peer_practitioners"(
	"p_query" TEXT, /* Option < & str > */
	"p_role" TEXT, /* Option < & str > */
	"p_location" TEXT, /* Option < & str > */
	"p_specialization" TEXT, /* Option < & str > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_limit" INT, /* Option < i32 > */
	"p_offset" INT /* Option < i32 > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'search_peer_practitioners_wrapper';

create or replace FUNCTION "send_due_reminders"() RETURNS INT /* Result < i32, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'send_due_reminders_wrapper';

create function peer_exchange.move_older_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  older  record;
  place  text;
  number integer;
begin
  -- Postgres silences notices while it runs an extension's script; these are meant to be read.
  perform set_config('client_min_messages', 'notice', true);
  for older in
    select routine.oid, routine.proname as name, oidvectortypes(routine.proargtypes) as arguments
      from pg_proc as routine
     where routine.pronamespace = 'public'::regnamespace
       and routine.proname in (select ours.name from peer_exchange.functions() as ours where ours.is_in_public)
       -- Our own are there already when the extension is updated.
       and not exists (select from pg_depend
                        where classid = 'pg_proc'::regclass and objid = routine.oid and deptype = 'e')
     order by routine.oid
  loop
    if to_regnamespace('peer_exchange_legacy') is null then
      create schema peer_exchange_legacy;
      -- What a script creates belongs to the extension; this must outlive it.
      alter extension peer_exchange drop schema peer_exchange_legacy;
    end if;
    -- One of an earlier move may bear the name already.
    place  := older.name;
    number := 1;
    while to_regprocedure(format('peer_exchange_legacy.%I(%s)', place, older.arguments)) is not null loop
      number := number + 1;
      place  := format('%s_%s', older.name, number);
    end loop;
    if place <> older.name then
      execute format('alter routine public.%I(%s) rename to %I', older.name, older.arguments, place);
    end if;
    execute format('alter routine public.%I(%s) set schema peer_exchange_legacy', place, older.arguments);
    raise notice 'peer_exchange: public.%(%) was moved to peer_exchange_legacy.%', older.name, older.arguments, place;
  end loop;
  perform set_config('client_min_messages', 'warning', true);
end $$;

select peer_exchange.move_older_functions();

drop function peer_exchange.move_older_functions();

create function peer_exchange.is_planned_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('scheduled', 'confirmed')
$$;

comment on function peer_exchange.is_planned_status(text) is
  'Whether a session of this status is going to take place.';

create function peer_exchange.is_pending_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_pending_status(text) is
  'Whether a session of this status waits for something before it is going to take place.';

create function peer_exchange.is_over_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('completed', 'no_show')
$$;

comment on function peer_exchange.is_over_status(text) is
  'Whether a session of this status has had its time.';

create function peer_exchange.is_open_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_open_status(text) is
  'Whether a session of this status is neither over nor given up.';

create function peer_exchange.is_active_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment')
$$;

comment on function peer_exchange.is_active_status(text) is
  'Whether a session of this status takes its time of both parties.';

create function peer_exchange.is_held_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'completed', 'no_show')
$$;

comment on function peer_exchange.is_held_status(text) is
  'Whether a session of this status takes place, took place or should have.';

create function peer_exchange.is_final_status(p_status text) returns boolean
language sql immutable
as $$
  select p_status in ('completed', 'no_show', 'cancelled', 'declined', 'expired')
$$;

comment on function peer_exchange.is_final_status(text) is
  'Whether a session of this status is over or given up.';

create function peer_exchange.is_expired_hold(p_status text, p_expires_at timestamptz) returns boolean
language sql stable
as $$
  select p_status = 'pending_payment' and coalesce(p_expires_at <= now(), false)
$$;

comment on function peer_exchange.is_expired_hold(text, timestamptz) is
  'Whether a session has waited for its payment for too long to keep its slot.';

create function peer_exchange.is_debit(p_transaction_type text) returns boolean
language sql immutable
as $$
  select p_transaction_type in ('session_payment', 'session_earning_reversal')
$$;

comment on function peer_exchange.is_debit(text) is
  'Whether an entry of this type takes its amount away.';

create function peer_exchange.credits_moved(
  p_transaction_type text, p_amount bigint, p_before bigint, p_after bigint)
returns bigint
language sql immutable
as $$
  select case
           when p_before is not null then p_after - p_before
           when peer_exchange.is_debit(p_transaction_type) then -abs(p_amount)
           else p_amount
         end
$$;

comment on function peer_exchange.credits_moved(text, bigint, bigint, bigint) is
  'What an entry moved: what stood after it less what stood before, or, where an older generation did not write that down, its amount with the sign of its type.';

create function peer_exchange.full_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select nullif(btrim(coalesce(p_first_name || ' ', '') || coalesce(p_last_name, '')), '')
$$;

comment on function peer_exchange.full_name(text, text) is
  'A person''s first and last name as one text; NULL where there is neither.';

create function peer_exchange.display_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select coalesce(peer_exchange.full_name(p_first_name, p_last_name), 'a colleague')
$$;

comment on function peer_exchange.display_name(text, text) is
  'What others are told a person is called: her name, else a word that tells nothing of her; never her address.';

create or replace function peer_exchange.time_zone_of(p_practitioner_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- setup() asks before it has made the table or its columns.
  if not peer_exchange.has_column(peer_exchange.host_table('practitioner_availability'), 'timezone') then
    return peer_exchange.default_time_zone();
  end if;
  return peer_exchange.published_time_zone(
    (select availability.timezone::text
       from public.practitioner_availability as availability
      where availability.user_id = p_practitioner_id
      limit 1));
end $$;

create or replace function peer_exchange.occupied_during(
  p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text)
returns tstzrange
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
           when peer_exchange.is_active_status(p_status)
                and p_duration_minutes > 0
           then tstzrange((p_session_date + p_start_time) at time zone p_timezone,
                          (p_session_date + p_start_time) at time zone p_timezone
                            + make_interval(mins => p_duration_minutes))
         end
$$;

select pg_catalog.set_config('check_function_bodies', 'off', true);

create function peer_exchange.published_time_zone(p_timezone text) returns text
language sql stable
as $$
  select coalesce(nullif(btrim(p_timezone), ''), peer_exchange.default_time_zone())
$$;

comment on function peer_exchange.published_time_zone(text) is
  'The time zone that a person has published, else the setting peer_exchange.timezone.';

create function peer_exchange.hours_of(p_person_id uuid)
returns table (timezone text, working_hours text)
language sql stable
as $$
  select peer_exchange.published_time_zone(published.timezone::text), published.working_hours::text
    from (select) as always
    left join public.practitioner_availability as published on published.user_id = p_person_id
   limit 1
$$;

comment on function peer_exchange.hours_of(uuid) is
  'The time zone of a person''s wall clock and her published hours, NULL where she has published none; one row for everybody.';

create function peer_exchange.blocks_of(p_person_id uuid, p_during tstzrange)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql stable
as $$
  select event.start_time::timestamptz, event.end_time::timestamptz
    from public.calendar_events as event
   where event.user_id = p_person_id
     and event.start_time < upper(p_during)
     and event.end_time > lower(p_during)
     and event.status::text = 'confirmed'
     and event.event_type::text in ('block', 'unavailable')
$$;

comment on function peer_exchange.blocks_of(uuid, tstzrange) is
  'Confirmed blocks of a person that touch a period.';

create function peer_exchange.engagements_of(p_person_id uuid, p_during tstzrange)
returns table (session_id uuid, practitioner_id uuid, client_id uuid, starts_at timestamptz, ends_at timestamptz,
               is_expired_hold boolean)
language sql stable
as $$
  select given.id, given.therapist_id, given.client_id, lower(given.occupied_during), upper(given.occupied_during),
         peer_exchange.is_expired_hold(given.status::text, given.expires_at)
    from public.client_sessions as given
   where given.therapist_id = p_person_id
     and given.occupied_during && p_during
  union all
  select received.id, received.therapist_id, received.client_id,
         lower(received.occupied_during), upper(received.occupied_during),
         peer_exchange.is_expired_hold(received.status::text, received.expires_at)
    from public.client_sessions as received
   where received.client_id = p_person_id
     and received.session_date >= (lower(p_during) at time zone 'UTC')::date - 8
     and received.session_date <= (upper(p_during) at time zone 'UTC')::date + 1
     and received.occupied_during && p_during
     and received.therapist_id is distinct from p_person_id
$$;

comment on function peer_exchange.engagements_of(uuid, tstzrange) is
  'Active sessions of a person that touch a period, given and received; expired holds among them.';

create function peer_exchange.agenda_of(
  p_person_id uuid, p_client_id uuid, p_starts_at timestamptz, p_ends_at timestamptz, p_buffer_minutes integer,
  p_but_for uuid)
returns table (block_starts_at timestamptz[], block_ends_at timestamptz[], session_ids uuid[], practitioner_ids uuid[],
               client_ids uuid[], engagement_starts_at timestamptz[], engagement_ends_at timestamptz[],
               are_expired_holds boolean[])
language sql stable
as $$
  select block.starts_at, block.ends_at, engagement.session_ids, engagement.practitioner_ids, engagement.client_ids,
         engagement.starts_at, engagement.ends_at, engagement.are_expired_holds
    from (select case when p_starts_at is not null then tstzrange(p_starts_at, p_ends_at) end as slot,
                 case when p_starts_at is not null
                      then tstzrange(p_starts_at - make_interval(mins => p_buffer_minutes),
                                     p_ends_at + make_interval(mins => p_buffer_minutes)) end as with_buffer
          -- Computed once, not for every row that is compared with it.
          offset 0) as period
   cross join lateral (
         select array_agg(found.starts_at) as starts_at,
                array_agg(found.ends_at)   as ends_at
           from peer_exchange.blocks_of(p_person_id, period.slot) as found) as block
   cross join lateral (
         select array_agg(found.session_id)      as session_ids,
                array_agg(found.practitioner_id) as practitioner_ids,
                array_agg(found.client_id)       as client_ids,
                array_agg(found.starts_at)       as starts_at,
                array_agg(found.ends_at)         as ends_at,
                array_agg(found.is_expired_hold) as are_expired_holds
           from (values (p_client_id), (p_person_id)) as party (id)
          cross join lateral peer_exchange.engagements_of(party.id, period.with_buffer) as found
          where found.session_id is distinct from p_but_for) as engagement
$$;

comment on function peer_exchange.agenda_of(uuid, uuid, timestamptz, timestamptz, integer, uuid) is
  'What is near a time: the blocks of a person that touch it, and the sessions but p_but_for that she or a client has within so many minutes of it. Nothing where p_starts_at is NULL.';

select pg_catalog.set_config('check_function_bodies', 'on', true);

select pg_catalog.pg_extension_config_dump('peer_exchange.sent_reminders', '');

create or replace function peer_exchange.search_words(p_person jsonb) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  specializations jsonb := p_person -> 'specializations';
  folded          text;
begin
  if jsonb_typeof(specializations) = 'array' then
    select string_agg(peer_exchange.fold(entry), E'\t' order by position)
      into folded
      from jsonb_array_elements_text(specializations) with ordinality as listed (entry, position)
     where position <= 50;
  else
    folded := peer_exchange.fold(specializations #>> '{}');
  end if;
  return concat_ws(E'\n',
    peer_exchange.fold(peer_exchange.full_name(p_person ->> 'first_name', p_person ->> 'last_name')),
    peer_exchange.fold(p_person ->> 'location'),
    coalesce(folded, ''));
end $$;

select pg_catalog.pg_extension_config_dump('peer_exchange.search_entries', '');

create function peer_exchange.keep_search_entry_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former  jsonb := to_jsonb(old);
  present jsonb := to_jsonb(new);
begin
  if tg_op = 'UPDATE'
     and array[former -> 'id', former -> 'first_name', former -> 'last_name', former -> 'location', former -> 'specializations']
         is not distinct from
         array[present -> 'id', present -> 'first_name', present -> 'last_name', present -> 'location', present -> 'specializations']
  then
    return null;
  end if;
  if former is not null then
    delete from peer_exchange.search_entries where user_id = old.id;
  end if;
  if present is not null then
    insert into peer_exchange.search_entries (user_id, words)
    values (new.id, peer_exchange.search_words(present))
    on conflict (user_id) do update set words = excluded.words;
  end if;
  return null;
end $$;

comment on function peer_exchange.keep_search_entry_by_owner() is
  'What peer_exchange.keep_search_entry does, as the owner of the tables.';

create or replace function peer_exchange.keep_search_entry() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.refresh_search_entries_by_owner() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into peer_exchange.search_entries as entry (user_id, words)
  select stale.user_id, stale.words from peer_exchange.stale_search_entries() as stale
      on conflict (user_id) do update set words = excluded.words;
  delete from peer_exchange.search_entries as entry
   where not exists (select from public.users as person where person.id = entry.user_id);
end $$;

comment on function peer_exchange.refresh_search_entries_by_owner() is
  'What peer_exchange.refresh_search_entries does, as the owner of the tables.';

create or replace function peer_exchange.refresh_search_entries() returns void
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create policy owner_of_the_tables on peer_exchange.session_moves
  using ((select pg_catalog.pg_has_role(relowner, 'usage') from pg_catalog.pg_class
           where oid operator(pg_catalog.=) pg_catalog.to_regclass('public.client_sessions')));

select pg_catalog.pg_extension_config_dump('peer_exchange.session_moves', '');

create function peer_exchange.guard_session_insert_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform peer_exchange.require_may_act_for(new.client_id);
  if new.therapist_id = new.client_id then
    raise check_violation using message = 'nobody can have a peer session with themselves';
  end if;
  -- What a booking looks for around its slot, on the side of the client, begins within a week before it.
  if new.duration_minutes > 7 * 24 * 60 then
    raise check_violation using message = 'a peer session lasts at most a week';
  end if;
  -- The ledger knows a session by its id alone. Where the session is there still, this is an upsert, and
  -- its key and the guards of changes decide; a session that was paid for can't be deleted meanwhile.
  if exists (select from public.credit_transactions as entry where entry.session_id = new.id)
     and not exists (select from public.client_sessions as present where present.id = new.id)
  then
    raise unique_violation using message = format('session id %s has been used before', new.id);
  end if;
  if not peer_exchange.is_called_by_person() then
    return new;
  end if;
  if not (peer_exchange.is_planned_status(new.status::text) or peer_exchange.is_pending_status(new.status::text)) then
    raise check_violation using
      message = format('a peer session can''t begin its life as %s', new.status);
  end if;
  -- What only a booking or a charge can say; and the age by which orphans are known.
  new.payment_status     := 'pending';
  new.idempotency_digest := null;
  new.created_at         := now();
  return new;
end $$;

comment on function peer_exchange.guard_session_insert_by_owner() is
  'What peer_exchange.guard_session_insert does, as the owner of the tables.';

create or replace function peer_exchange.guard_session_insert() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create or replace function peer_exchange.guard_notification() returns trigger
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

create function peer_exchange.guard_session_change_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former_status text := old.status::text;
  wanted_status text := new.status::text;
  was_charged   boolean;
  terms         record;
begin
  if new.is_peer_booking is distinct from old.is_peer_booking then
    raise check_violation using message = 'a session can neither become a peer booking nor cease to be one';
  end if;
  -- A party may only vanish with the person.
  if new.id is distinct from old.id
     or (new.therapist_id is distinct from old.therapist_id
         and not (new.therapist_id is null and not exists (select from public.users where id = old.therapist_id)))
     or (new.client_id is distinct from old.client_id
         and not (new.client_id is null and not exists (select from public.users where id = old.client_id)))
  then
    raise check_violation using message = 'the parties of a peer session can''t be changed';
  end if;

  was_charged := exists (select from public.credit_transactions as payment
                          where payment.session_id = old.id
                            and payment.transaction_type = 'session_payment');
  if new.credit_cost is distinct from old.credit_cost
     or new.duration_minutes is distinct from old.duration_minutes
     or new.product_id is distinct from old.product_id
     or new.idempotency_key is distinct from old.idempotency_key
     or new.idempotency_digest is distinct from old.idempotency_digest
     or (new.payment_status is distinct from old.payment_status
         and (was_charged
              or (new.payment_status::text in ('paid', 'completed', 'refunded', 'partially_refunded')
                  and peer_exchange.is_called_by_person())))
  then
    raise check_violation using
      message = 'what a peer session costs can''t be changed directly',
      hint    = 'Cancel it and book again.';
  end if;
  if new.created_at is distinct from old.created_at and peer_exchange.is_called_by_person() then
    raise check_violation using message = 'when a peer session was made can''t be changed';
  end if;
  -- The start decides how much a cancellation gives back.
  if was_charged
     and (new.session_date, new.start_time) is distinct from (old.session_date, old.start_time)
     and peer_exchange.is_called_by_person()
  then
    raise check_violation using
      message = 'a peer session that has been paid for can''t be moved directly',
      hint    = 'reschedule_peer_booking() moves it.';
  end if;

  if wanted_status is distinct from former_status then
    if peer_exchange.is_final_status(former_status)
       and not (peer_exchange.is_over_status(former_status) and peer_exchange.is_over_status(wanted_status))
    then
      raise check_violation using
        message = format('a peer session that is %s can''t become %s', former_status, wanted_status);
    end if;
    if was_charged and not (peer_exchange.is_held_status(wanted_status) or wanted_status = 'cancelled') then
      raise check_violation using
        message = format('a peer session that has been paid for can''t become %s', wanted_status),
        hint    = 'Cancelling it gives the credits back.';
    end if;
    if (wanted_status = 'in_progress' or peer_exchange.is_over_status(wanted_status))
       and lower(old.occupied_during) > now()
       and peer_exchange.is_called_by_person()
    then
      raise check_violation using
        message = format('a peer session that has not begun can''t become %s', wanted_status);
    end if;
  end if;
  if wanted_status = 'cancelled' and former_status <> 'cancelled' then
    select * into terms from peer_exchange.cancellation_terms(old.id, new.cancelled_by);
    if terms.payment_status is not null then
      new.payment_status := terms.payment_status;
    end if;
    new.cancelled_by        := terms.cancelled_by;
    new.cancelled_at        := now();
    new.cancellation_reason := coalesce(nullif(btrim(new.cancellation_reason), ''), 'Session cancelled');
  end if;
  return new;
end $$;

comment on function peer_exchange.guard_session_change_by_owner() is
  'What peer_exchange.guard_session_change does, as the owner of the tables.';

create or replace function peer_exchange.guard_session_change() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.keep_session_time_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  due tstzrange;
begin
  if new.therapist_id is not null then
    due := peer_exchange.occupied_during(new.status::text, new.session_date, new.start_time,
             new.duration_minutes::integer, peer_exchange.time_zone_of(new.therapist_id));
  end if;
  -- A practitioner who changes her time zone later moves no session.
  if tg_op = 'UPDATE' and due is not null and old.occupied_during is not null
     and (new.therapist_id, new.session_date, new.start_time, new.duration_minutes)
         is not distinct from (old.therapist_id, old.session_date, old.start_time, old.duration_minutes)
  then
    due := old.occupied_during;
  end if;
  if due is not null
     and (tg_op = 'INSERT'
          or due is distinct from old.occupied_during
          or new.therapist_id is distinct from old.therapist_id
          -- A party that vanishes with the person is in nobody's way.
          or (new.client_id is distinct from old.client_id and new.client_id is not null))
  then
    perform peer_exchange.keep_apart(new.id, new.therapist_id, new.client_id,
                                     coalesce(new.is_peer_booking, false), due);
  end if;
  new.occupied_during := due;
  return new;
end $$;

comment on function peer_exchange.keep_session_time_by_owner() is
  'What peer_exchange.keep_session_time does, as the owner of the tables.';

create or replace function peer_exchange.keep_session_time() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create or replace function peer_exchange.keep_apart(
  p_session_id uuid, p_practitioner_id uuid, p_client_id uuid, p_is_peer_booking boolean, p_due tstzrange)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  in_the_way uuid;
begin
  perform from public.users
    where id in (p_practitioner_id, p_client_id)
    order by id
      for no key update;

  perform peer_exchange.release_expired_holds(array_agg(other.id))
     from public.client_sessions as other
    where other.occupied_during && p_due
      and (other.therapist_id in (p_practitioner_id, p_client_id)
           or other.client_id in (p_practitioner_id, p_client_id))
      and other.id <> p_session_id
      and peer_exchange.is_expired_hold(other.status::text, other.expires_at);

  select other.id
    into in_the_way
    from public.client_sessions as other
   where other.occupied_during && p_due
     and (other.therapist_id in (p_practitioner_id, p_client_id)
          or other.client_id in (p_practitioner_id, p_client_id))
     and other.id <> p_session_id
     -- Whom an ordinary client sees besides is the application's business.
     and (p_is_peer_booking or other.is_peer_booking or other.therapist_id = p_practitioner_id)
   limit 1;
  if found then
    raise exclusion_violation using
      message    = 'the session overlaps another session of the practitioner or the client',
      detail     = format('Session %s takes place at that time.', in_the_way),
      schema     = 'public',
      table      = 'client_sessions',
      constraint = 'client_sessions_no_overlap';
  end if;
end $$;

create function peer_exchange.refund_direct_cancellations_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changes jsonb;
begin
  select jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'former_status', former.status::text,
           'former_start', lower(former.occupied_during),
           'cancelled_by', present.cancelled_by,
           'reason', present.cancellation_reason::text))
    into changes
    from former_rows as former
    join present_rows as present using (id)
   where present.is_peer_booking
     and present.status::text = 'cancelled'
     and former.status::text <> 'cancelled';
  if changes is not null then
    perform peer_exchange.refund_cancelled_sessions(changes);
  end if;
  return null;
end $$;

comment on function peer_exchange.refund_direct_cancellations_by_owner() is
  'What peer_exchange.refund_direct_cancellations does, as the owner of the tables.';

create or replace function peer_exchange.refund_direct_cancellations() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.guard_session_removal_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'TRUNCATE' then
    if exists (select from public.client_sessions as session
                 join public.credit_transactions as payment on payment.session_id = session.id
                where payment.transaction_type = 'session_payment') then
      raise restrict_violation using message = 'sessions that have been paid for can''t be truncated away';
    end if;
    return null;
  end if;
  if old.is_peer_booking
     and exists (select from public.credit_transactions as payment
                  where payment.session_id = old.id
                    and payment.transaction_type = 'session_payment')
     -- It goes with a person who is being deleted, where the application's foreign key wants it so.
     and (old.therapist_id is null or exists (select from public.users where id = old.therapist_id))
     and (old.client_id is null or exists (select from public.users where id = old.client_id))
  then
    raise restrict_violation using
      message = 'a peer session that has been paid for can''t be deleted',
      hint    = 'Cancel it instead; that gives the credits back.';
  end if;
  return old;
end $$;

comment on function peer_exchange.guard_session_removal_by_owner() is
  'What peer_exchange.guard_session_removal does, as the owner of the tables.';

create or replace function peer_exchange.guard_session_removal() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.release_departing_person_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform peer_exchange.cancel_sessions_of_departing_person(old.id, tg_op = 'DELETE');
  return case when tg_op = 'DELETE' then old else new end;
end $$;

comment on function peer_exchange.release_departing_person_by_owner() is
  'What peer_exchange.release_departing_person does, as the owner of the tables.';

create or replace function peer_exchange.release_departing_person() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.release_departing_person() is
  'Trigger: cancels and refunds the upcoming peer sessions of a person who is deactivated or deleted.';

create function peer_exchange.verify_ledger_by_owner()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with entry as (
    select ledger.user_id, ledger.session_id, ledger.transaction_type::text as transaction_type,
           ledger.amount::bigint as amount, ledger.balance_before::bigint as balance_before,
           ledger.balance_after::bigint as balance_after, ledger.created_at, ledger.id,
           peer_exchange.credits_moved(ledger.transaction_type::text, ledger.amount::bigint,
                                       (ledger.balance_before - coalesce(ledger.owed_before, 0))::bigint,
                                       (ledger.balance_after - coalesce(ledger.owed_after, 0))::bigint) as change
      from public.credit_transactions as ledger
  ), total as (
    select entry.user_id, sum(entry.change)::bigint as due from entry group by entry.user_id
  ), account as (
    select credits.user_id,
           sum(coalesce(credits.balance, 0) - coalesce(credits.owed, 0))::bigint as stands_at,
           count(*) as rows
      from public.credits
     group by credits.user_id
  )
  select 'BALANCE_UNEXPLAINED', coalesce(account.user_id, total.user_id), null::uuid,
         coalesce(total.due, 0), coalesce(account.stands_at, 0),
         'balance less what is owed is not what the ledger rows add up to'
    from account
    full join total on total.user_id = account.user_id
   where coalesce(total.due, 0) <> coalesce(account.stands_at, 0)
  union all
  select 'SEVERAL_BALANCES', account.user_id, null, 1, account.rows, 'one person has several balance rows'
    from account
   where account.rows > 1
  union all
  select 'BALANCE_NEGATIVE', credits.user_id, null, 0, least(credits.balance, credits.owed)::bigint,
         'neither a balance nor what is owed can be below zero'
    from public.credits
   where credits.balance < 0 or credits.owed < 0
  union all
  -- Every entry starts where another one ended, but for the first. By balances and not by neighbours
  -- in time: an application's own row bears the time at which its transaction began, which may be
  -- before rows that it waited for.
  select 'CHAIN_BROKEN', loose.user_id, null, 1, loose.starts,
         'several entries start where no other entry ended'
    from (select ends.user_id, sum(greatest(ends.starting - ends.ending, 0))::bigint as starts
            from (select entry.user_id, point.balance,
                         count(*) filter (where point.is_start) as starting,
                         count(*) filter (where not point.is_start) as ending
                    from entry
                   cross join lateral (values (entry.balance_before, true), (entry.balance_after, false))
                           as point (balance, is_start)
                   where entry.balance_before is not null
                   group by entry.user_id, point.balance) as ends
           group by ends.user_id) as loose
   where loose.starts > 1
  union all
  select 'AMOUNT_MISMATCH', entry.user_id, entry.session_id,
         case when peer_exchange.is_debit(entry.transaction_type)
              then -abs(entry.amount) else abs(entry.amount) end::bigint,
         entry.change, 'entry ' || entry.id || ' moved another amount than it names'
    from entry
   where (peer_exchange.is_debit(entry.transaction_type)
          and entry.change <> -abs(entry.amount))
      or (entry.transaction_type in ('session_earning', 'refund', 'bonus')
          and entry.change <> abs(entry.amount))
      or (entry.transaction_type = 'adjustment' and abs(entry.change) <> abs(entry.amount));

  return query
  with moved as (
    select ledger.session_id,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_payment'), 0)::bigint as paid,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_earning'), 0)::bigint as earned,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'refund'), 0)::bigint as refunded,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_earning_reversal'), 0)::bigint
             as reversed,
           count(*) filter (where ledger.transaction_type = 'session_payment') as payments
      from public.credit_transactions as ledger
     where ledger.session_id is not null
     group by ledger.session_id
  )
  select 'PAIR_BROKEN', null::uuid, moved.session_id, moved.paid, moved.earned,
         'payment and earning of a session differ'
    from moved
   where moved.paid <> moved.earned
  union all
  select 'PAIR_BROKEN', null, moved.session_id, moved.refunded, moved.reversed,
         'refund and reversal of a session differ'
    from moved
   where moved.refunded <> moved.reversed
  union all
  select 'REFUND_TOO_HIGH', null, moved.session_id, moved.paid, moved.refunded,
         'more was given back than was paid'
    from moved
   where moved.refunded > moved.paid
  union all
  select 'CHARGED_TWICE', null, moved.session_id, 1, moved.payments, 'a session was charged several times'
    from moved
   where moved.payments > 1
  union all
  select 'CANCELLED_UNREFUNDED', null, moved.session_id, moved.paid, 0,
         'a session was cancelled without passing through the refund'
    from moved
    join public.client_sessions as session on session.id = moved.session_id
   where session.is_peer_booking
     and session.status::text = 'cancelled'
     and session.cancelled_at is null
     and moved.paid > 0
     and moved.refunded = 0;

  if exists (select from pg_catalog.pg_attribute as attribute
              where attribute.attrelid = 'public.credits'::regclass
                and attribute.attname = 'current_balance'
                and not attribute.attisdropped) then
    return query execute $twin$
      select 'TWIN_DRIFTED', user_id, null::uuid, balance::bigint, current_balance::bigint,
             'credits.current_balance differs from credits.balance'
        from public.credits
       where current_balance is distinct from balance
    $twin$;
  end if;
end $$;

comment on function peer_exchange.verify_ledger_by_owner() is
  'What peer_exchange.verify_ledger does, as the owner of the tables.';

create or replace function peer_exchange.verify_ledger()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create or replace function peer_exchange.delivery_obstacle(
  p_recipient_id uuid, p_type text, p_attempts integer, p_last_error text)
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
  end;
end $$;

create or replace function peer_exchange.require_ids(p_ids uuid[]) returns void
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

create function peer_exchange.claim_notifications_by_owner(p_batch integer, p_lease interval)
returns table (notification_id uuid, message_id text, recipient_id uuid, email text, name text, type text, title text,
               body text, payload jsonb, created_at timestamptz, attempt integer)
language plpgsql
as $$
declare
  due uuid[];
begin
  perform peer_exchange.require_may_act_for(null);
  if p_batch is null or p_lease is null then
    raise null_value_not_allowed using message = 'p_batch and p_lease must not be NULL';
  elsif p_batch not between 1 and 1000 then
    raise invalid_parameter_value using message = 'p_batch must be between 1 and 1000';
  elsif p_lease not between '1 second' and '1 day' then
    raise invalid_parameter_value using message = 'p_lease must be between one second and one day';
  end if;
  -- Until something is handed out, or a great many were closed: an empty answer means that nothing is due.
  for round in 1 .. 20 loop
    due := array(
      select notification.id
        from public.notifications as notification
       where notification.delivery_due_at <= now()
       order by notification.delivery_due_at
       limit p_batch
         for no key update skip locked);
    exit when due = '{}';
    update public.notifications as notification
       set delivery_due_at = null,
           delivery_error  = obstacle
      from unnest(due) as id
      join public.notifications as found using (id)
     cross join lateral peer_exchange.delivery_obstacle(
             found.recipient_id, found.type::text, found.delivery_attempts::integer, found.delivery_error::text) as obstacle
     where notification.id = found.id
       and obstacle is not null;
    perform peer_exchange.mark_unwanted_as_read(
      array(select closed.id from public.notifications as closed
             where closed.id = any (due) and closed.delivery_error = 'not wanted'));
    return query
      with handed_out as (
        update public.notifications as notification
           set delivery_due_at   = clock_timestamp() + p_lease,
               delivery_attempts = coalesce(notification.delivery_attempts, 0) + 1
          from public.users as person
         where notification.id = any (due)
           and notification.delivery_due_at is not null
           and person.id = notification.recipient_id
        returning notification.id, notification.id || '@peer-exchange', notification.recipient_id, person.email::text,
                  coalesce(peer_exchange.full_name(person.first_name, person.last_name), person.email::text),
                  notification.type::text, notification.title::text, notification.body::text, notification.payload::jsonb,
                  notification.created_at::timestamptz, notification.delivery_attempts::integer
      )
      select * from handed_out order by array_position(due, handed_out.id);
    exit when found;
  end loop;
  if due = '{}' and not peer_exchange.is_delivery_on() then
    raise notice using
      message = 'nothing is due and nothing will be, because peer_exchange.delivery is off',
      hint    = 'To have notifications delivered from now on, run ALTER DATABASE ... SET peer_exchange.delivery = ''queue''.';
  end if;
end $$;

comment on function peer_exchange.claim_notifications_by_owner(integer, interval) is
  'What peer_exchange.claim_notifications does, as the owner of the tables.';

create or replace function peer_exchange.claim_notifications(p_batch integer default 50, p_lease interval default '2 minutes')
returns table (notification_id uuid, message_id text, recipient_id uuid, email text, name text, type text, title text,
               body text, payload jsonb, created_at timestamptz, attempt integer)
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.ack_notifications_by_owner(p_ids uuid[]) returns integer
language plpgsql
as $$
declare
  undelivered uuid[];
begin
  perform peer_exchange.require_may_act_for(null);
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
  return cardinality(undelivered);
end $$;

comment on function peer_exchange.ack_notifications_by_owner(uuid[]) is
  'What peer_exchange.ack_notifications does, as the owner of the tables.';

create or replace function peer_exchange.ack_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.fail_notification_by_owner(p_id uuid, p_error text) returns timestamptz
language plpgsql
as $$
declare
  next_attempt timestamptz;
begin
  perform peer_exchange.require_may_act_for(null);
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
  return next_attempt;
end $$;

comment on function peer_exchange.fail_notification_by_owner(uuid, text) is
  'What peer_exchange.fail_notification does, as the owner of the tables.';

create or replace function peer_exchange.fail_notification(p_id uuid, p_error text) returns timestamptz
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.requeue_notifications_by_owner(p_ids uuid[]) returns integer
language plpgsql
as $$
declare
  requeued integer;
begin
  perform peer_exchange.require_may_act_for(null);
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

create or replace function peer_exchange.requeue_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create or replace function peer_exchange.schedule_jobs() returns table (job text, schedule text, command text, action text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
begin
  perform peer_exchange.require_may_act_for(null);
  for job, schedule, command in select * from peer_exchange.recurring_jobs() loop
    if not peer_exchange.has_pg_cron() then
      action := 'run it yourself';
    else
      select scheduled.schedule, scheduled.command
        into present
        from cron.job as scheduled
       where scheduled.jobname = job and scheduled.username = current_user;
      action := case when not found then 'scheduled'
                     when (present.schedule, present.command) = (schedule, command) then 'unchanged'
                     else 'rescheduled' end;
      if action <> 'unchanged' then
        perform cron.schedule(job, schedule, command);
      end if;
    end if;
    return next;
  end loop;
  if not peer_exchange.has_pg_cron() then
    raise notice using
      message = 'pg_cron is not installed in this database, so nothing was scheduled',
      hint    = format('Install it and call this again, or run the commands on their schedules by other means, such as cron: '
                       '* * * * * psql -X -q -d %s -c ''select peer_exchange.send_due_reminders()''', current_database());
  end if;
end $$;

create policy owner_of_the_tables on peer_exchange.refusals
  using ((select pg_catalog.pg_has_role(relowner, 'usage') from pg_catalog.pg_class
           where oid operator(pg_catalog.=) pg_catalog.to_regclass('public.client_sessions')));

select pg_catalog.pg_extension_config_dump('peer_exchange.refusals', '');

select pg_catalog.pg_extension_config_dump('peer_exchange.refusals_id_seq', '');

create function peer_exchange.booking_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, bookings bigint, credits bigint, refusals bigint, success_percent numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period    record;
  kept_from timestamptz := peer_exchange.refusals_kept_from();
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with booked as (
    select (payment.created_at::timestamptz at time zone period.timezone)::date as day,
           count(*) as bookings, sum(abs(payment.amount))::bigint as credits
      from public.credit_transactions as payment
     where payment.transaction_type = 'session_payment'
       and payment.created_at >= period.starts_at
       and payment.created_at < period.ends_at
     group by 1
  ), refused as (
    select (refusal.refused_at at time zone period.timezone)::date as day, count(*) as refusals
      from peer_exchange.refusals as refusal
     where refusal.rpc in ('create_peer_booking', 'process_peer_booking_credits')
       and refusal.refused_at >= period.starts_at
       and refusal.refused_at < period.ends_at
     group by 1
  ), counted as (
    select period.first_day + number as day, coalesce(booked.bookings, 0) as bookings,
           coalesce(booked.credits, 0) as credits,
           -- Of a day that is not kept any more nobody knows.
           case when (period.first_day + number)::timestamp at time zone period.timezone >= kept_from
                then coalesce(refused.refusals, 0) end as refusals
      from generate_series(0, period.last_day - period.first_day) as number
      left join booked on booked.day = period.first_day + number
      left join refused on refused.day = period.first_day + number
  )
  select counted.day, counted.bookings, counted.credits, counted.refusals,
         round(100.0 * counted.bookings / nullif(counted.bookings + counted.refusals, 0), 1)
    from counted
   order by counted.day;
end $$;

comment on function peer_exchange.booking_figures_by_owner(date, date, text) is
  'What peer_exchange.booking_figures does, as the owner of the tables.';

create or replace function peer_exchange.booking_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, bookings bigint, credits bigint, refusals bigint, success_percent numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.cancellation_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (cancelled_by text, notice_from_hours integer, notice_to_hours integer, cancellations bigint,
               credits_paid bigint, credits_refunded bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period       record;
  default_zone text := peer_exchange.default_time_zone();
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with cancelled as materialized (
    select session.id, session.therapist_id, session.cancelled_by,
           session.cancelled_at::timestamptz as cancelled_at,
           -- Beyond these dates no time zone can be asked; nobody holds a session there.
           case when session.session_date between date '0001-01-01' and date '9999-12-31'
                then session.session_date + session.start_time end as local_start
      from public.client_sessions as session
     where session.is_peer_booking
       and session.status::text = 'cancelled'
       and session.cancelled_at >= period.starts_at
       and session.cancelled_at < period.ends_at
  ), published as materialized (
    select availability.user_id, min(coalesce(availability.timezone::text, '')) as timezone
      from public.practitioner_availability as availability
     group by availability.user_id
  ), zone as materialized (
    select named.timezone, peer_exchange.time_zone_or_default(named.timezone) as used
      from (select distinct published.timezone from published) as named
  ), moved as (
    -- Who paid and who earned: the ledger knows it even where one of them is no more.
    select entry.session_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_payment'))[1] as client_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_earning'))[1] as practitioner_id,
           sum(abs(entry.amount)) filter (where entry.transaction_type = 'session_payment') as paid,
           sum(abs(entry.amount)) filter (where entry.transaction_type = 'refund') as refunded
      from public.credit_transactions as entry
     where entry.session_id in (select cancelled.id from cancelled)
     group by entry.session_id
  ), told as (
    select case when cancelled.cancelled_by = moved.client_id then 'client'
                when cancelled.cancelled_by = moved.practitioner_id then 'practitioner'
                else 'service' end as cancelled_by,
           extract(epoch from (cancelled.local_start at time zone coalesce(zone.used, default_zone))
                              - cancelled.cancelled_at) / 3600 as notice_hours,
           moved.paid, moved.refunded
      from cancelled
      join moved on moved.session_id = cancelled.id and moved.paid is not null
      left join published on published.user_id = cancelled.therapist_id
      left join zone on zone.timezone = published.timezone
  )
  select told.cancelled_by, tier.from_hours, tier.to_hours, count(*), sum(told.paid)::bigint,
         coalesce(sum(told.refunded), 0)::bigint
    from told
    left join (values (null, 0), (0, 2), (2, 12), (12, 24), (24, 48), (48, 168), (168, null))
              as tier (from_hours, to_hours)
           on (told.notice_hours >= tier.from_hours or (tier.from_hours is null and told.notice_hours < 0))
          and (told.notice_hours < tier.to_hours or tier.to_hours is null)
   group by 1, 2, 3
   order by 1, tier.to_hours nulls last, 2;
end $$;

comment on function peer_exchange.cancellation_figures_by_owner(date, date, text) is
  'What peer_exchange.cancellation_figures does, as the owner of the tables.';

create or replace function peer_exchange.cancellation_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (cancelled_by text, notice_from_hours integer, notice_to_hours integer, cancellations bigint,
               credits_paid bigint, credits_refunded bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.circulation_figures_by_owner()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select coalesce(sum(account.balance - coalesce(account.owed, 0)), 0)::bigint,
         coalesce(sum(account.balance), 0)::bigint, count(*) filter (where account.balance > 0),
         coalesce(sum(account.owed), 0)::bigint, count(*) filter (where account.owed > 0)
    from public.credits as account;
end $$;

comment on function peer_exchange.circulation_figures_by_owner() is
  'What peer_exchange.circulation_figures does, as the owner of the tables.';

create or replace function peer_exchange.circulation_figures()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.credit_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, granted bigint, adjusted bigint, paid bigint, refunded bigint, in_circulation bigint,
               owed bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with entry as (
    -- All that came after the last day counts as one day more.
    select least((ledger.created_at::timestamptz at time zone period.timezone)::date, period.last_day + 1) as day,
           ledger.transaction_type::text as transaction_type, abs(ledger.amount) as amount,
           peer_exchange.credits_moved(ledger.transaction_type::text, ledger.amount::bigint,
                                       (ledger.balance_before - coalesce(ledger.owed_before, 0))::bigint,
                                       (ledger.balance_after - coalesce(ledger.owed_after, 0))::bigint) as change,
           coalesce(ledger.owed_after, 0) - coalesce(ledger.owed_before, 0) as owed_change
      from public.credit_transactions as ledger
     where ledger.created_at >= period.starts_at
  ), moved as (
    select entry.day,
           sum(entry.change) filter (where entry.transaction_type = 'bonus') as granted,
           sum(entry.change) filter (where entry.transaction_type not in
             ('bonus', 'session_payment', 'session_earning', 'refund', 'session_earning_reversal')) as adjusted,
           sum(entry.amount) filter (where entry.transaction_type = 'session_payment') as paid,
           sum(entry.amount) filter (where entry.transaction_type = 'refund') as refunded,
           sum(entry.change) as change, sum(entry.owed_change) as owed_change
      from entry
     group by entry.day
  ), counted as (
    select period.first_day + number as day, moved.granted, moved.adjusted, moved.paid, moved.refunded,
           sum(moved.change) over later as changed_later, sum(moved.owed_change) over later as owed_later
      from generate_series(0, period.last_day + 1 - period.first_day) as number
      left join moved on moved.day = period.first_day + number
    window later as (order by number desc rows between unbounded preceding and 1 preceding)
  )
  select counted.day, coalesce(counted.granted, 0)::bigint, coalesce(counted.adjusted, 0)::bigint,
         coalesce(counted.paid, 0)::bigint, coalesce(counted.refunded, 0)::bigint,
         (present.in_circulation - coalesce(counted.changed_later, 0))::bigint,
         (present.owed - coalesce(counted.owed_later, 0))::bigint
    from counted
   cross join peer_exchange.circulation_figures() as present
   where counted.day <= period.last_day
   order by counted.day;
end $$;

comment on function peer_exchange.credit_figures_by_owner(date, date, text) is
  'What peer_exchange.credit_figures does, as the owner of the tables.';

create or replace function peer_exchange.credit_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, granted bigint, adjusted bigint, paid bigint, refunded bigint, in_circulation bigint,
               owed bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.person_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (user_id uuid, name text, bookings_given bigint, earned bigint, bookings_received bigint, spent bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with moved as (
    select entry.user_id,
           count(*) filter (where entry.transaction_type = 'session_earning') as bookings_given,
           sum(case entry.transaction_type when 'session_earning' then abs(entry.amount)
                                           when 'session_earning_reversal' then -abs(entry.amount)
                                           else 0 end)::bigint as earned,
           count(*) filter (where entry.transaction_type = 'session_payment') as bookings_received,
           sum(case entry.transaction_type when 'session_payment' then abs(entry.amount)
                                           when 'refund' then -abs(entry.amount)
                                           else 0 end)::bigint as spent
      from public.credit_transactions as entry
     where entry.created_at >= period.starts_at
       and entry.created_at < period.ends_at
       and entry.transaction_type in ('session_earning', 'session_earning_reversal', 'session_payment', 'refund')
     group by entry.user_id
  )
  select moved.user_id, peer_exchange.full_name(person.first_name, person.last_name), moved.bookings_given,
         moved.earned, moved.bookings_received, moved.spent
    from moved
    left join public.users as person on person.id = moved.user_id;
end $$;

comment on function peer_exchange.person_figures_by_owner(date, date, text) is
  'What peer_exchange.person_figures does, as the owner of the tables.';

create or replace function peer_exchange.person_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (user_id uuid, name text, bookings_given bigint, earned bigint, bookings_received bigint, spent bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.inactivity_figures_by_owner(p_days integer, p_timezone text)
returns table (user_id uuid, name text, user_role text, member_since timestamptz, last_given_on date,
               last_received_on date, balance bigint, owed bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  roles constant text[] := peer_exchange.practitioner_roles();
  since date;
begin
  if p_days is null or p_days not between 0 and 36525 then
    raise exception using errcode = 'invalid_parameter_value', message = 'p_days must be between 0 and 36525';
  end if;
  since := (now() at time zone coalesce(p_timezone, peer_exchange.default_time_zone()))::date - p_days;
  return query
  select person.id, peer_exchange.full_name(person.first_name, person.last_name), person.user_role::text,
         person.created_at::timestamptz, given.session_date, received.session_date,
         coalesce(account.balance, 0)::bigint, coalesce(account.owed, 0)::bigint
    from public.users as person
    left join lateral (
         select session.session_date
           from public.client_sessions as session
          where session.is_peer_booking and session.therapist_id = person.id and peer_exchange.is_held_status(session.status::text)
          order by session.session_date desc
          limit 1) as given on true
    left join lateral (
         select session.session_date
           from public.client_sessions as session
          where session.is_peer_booking and session.client_id = person.id and peer_exchange.is_held_status(session.status::text)
          order by session.session_date desc
          limit 1) as received on true
    left join public.credits as account on account.user_id = person.id
   where person.is_active
     and person.user_role::text = any (roles)
     and coalesce(greatest(given.session_date, received.session_date) < since, true)
   order by greatest(given.session_date, received.session_date) nulls first, person.created_at, person.id;
end $$;

comment on function peer_exchange.inactivity_figures_by_owner(integer, text) is
  'What peer_exchange.inactivity_figures does, as the owner of the tables.';

create or replace function peer_exchange.inactivity_figures(p_days integer default 90, p_timezone text default null)
returns table (user_id uuid, name text, user_role text, member_since timestamptz, last_given_on date,
               last_received_on date, balance bigint, owed bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.notification_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, type text, notifications bigint, delivered bigint, waiting bigint, dead bigint,
               not_queued bigint, read bigint, delivery_attempts bigint, average_delivery_seconds numeric,
               longest_delivery_seconds numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- The planner can't know that the pages of some days lie together, and would rather read all of the largest
-- table.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with told as (
    select (notification.created_at::timestamptz at time zone period.timezone)::date as day,
           notification.type::text as type, notification.read_at is not null as is_read,
           coalesce(notification.delivery_attempts, 0) as delivery_attempts,
           case when notification.delivered_at is not null then 'delivered'
                when notification.delivery_due_at is not null then 'waiting'
                when notification.delivery_error is not null then 'dead'
                else 'not queued' end as delivery,
           extract(epoch from notification.delivered_at::timestamptz - notification.created_at::timestamptz) as seconds
      from public.notifications as notification
     where notification.created_at >= period.starts_at
       and notification.created_at < period.ends_at
       and notification.type::text like 'peer\_%'
  )
  select told.day, told.type, count(*), count(*) filter (where told.delivery = 'delivered'),
         count(*) filter (where told.delivery = 'waiting'), count(*) filter (where told.delivery = 'dead'),
         count(*) filter (where told.delivery = 'not queued'), count(*) filter (where told.is_read),
         sum(told.delivery_attempts)::bigint, round(avg(told.seconds), 1), round(max(told.seconds), 1)
    from told
   group by 1, 2
   order by 1, 2;
end $$;

comment on function peer_exchange.notification_figures_by_owner(date, date, text) is
  'What peer_exchange.notification_figures does, as the owner of the tables.';

create or replace function peer_exchange.notification_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, type text, notifications bigint, delivered bigint, waiting bigint, dead bigint,
               not_queued bigint, read bigint, delivery_attempts bigint, average_delivery_seconds numeric,
               longest_delivery_seconds numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.host_owner() returns oid
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select class.relowner
    from peer_exchange.host_tables() with ordinality as host (name, meaning, position)
    join pg_class as class on class.oid = peer_exchange.host_table(host.name)
   order by host.name <> 'client_sessions', host.position
   limit 1
$$;

create type peer_exchange.wanted_object as (kind text, table_name text, name text, creation text, meaning text);

comment on type peer_exchange.wanted_object is
  'An index, trigger, policy or constraint that setup() puts on a host table.';

create function peer_exchange.definition_of(p_kind text, p_table regclass, p_name text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with told as (
    select 'index' as kind, pg_get_indexdef(class.oid) as definition, class.oid as index_id, null as state
      from pg_class as class
     where class.relname = p_name
       and class.relkind = 'i'
       and class.relnamespace = (select relnamespace from pg_class where oid = p_table)
    union all
    select 'trigger', pg_get_triggerdef(fired.oid), null,
           case fired.tgenabled when 'D' then ', disabled' when 'R' then ', enabled for replicas alone'
                                when 'A' then ', enabled for replicas as well' end
      from pg_trigger as fired
     where fired.tgrelid = p_table and fired.tgname = p_name
    union all
    select 'policy',
           format('%s for %s to %s', case when policy.polpermissive then 'permissive' else 'restrictive' end,
                  case policy.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                     when 'd' then 'delete' else 'all' end,
                  (select string_agg(case role when 0 then 'public' else role::regrole::text end, ', '
                                     order by role::regrole::text)
                     from unnest(policy.polroles) as role)),
           null,
           concat(' using (' || pg_get_expr(policy.polqual, policy.polrelid) || ')',
                  ' with check (' || pg_get_expr(policy.polwithcheck, policy.polrelid) || ')')
      from pg_policy as policy
     where policy.polrelid = p_table and policy.polname = p_name
    union all
    select 'constraint', pg_get_constraintdef(kept.oid), kept.conindid, null
      from pg_constraint as kept
     where kept.conrelid = p_table and kept.conname = p_name
  )
  select concat(regexp_replace(told.definition, ' WITH [(][^)]*[)]', ''), told.state,
                case when not (backing.indisvalid and backing.indisready) then ', not valid' end)
    from told
    left join pg_index as backing on backing.indexrelid = told.index_id
   where told.kind = p_kind
$$;

comment on function peer_exchange.definition_of(text, regclass, text) is
  'What Postgres says of an object on a table, its state included; NULL where there is none of that name.';

create function peer_exchange.twin_of(p_table_name text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('%I.%I', 'pg_temp', 'peer_exchange_twin_of_' || p_table_name)
$$;

comment on function peer_exchange.twin_of(text) is
  'The name of the empty twin that a host table has while setup() plans, as definitions tell it.';

create function peer_exchange.make_twins() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  statement text;
begin
  for statement in
    select format('create temporary table %s (like %s)', peer_exchange.twin_of(host.table_name), host_table)
             || (select coalesce(string_agg(format('; alter table %s add column %I %s', peer_exchange.twin_of(host.table_name),
                                                   missing.column_name, missing.definition), ''), '')
                   from peer_exchange.host_columns() as missing
                  where missing.table_name = host.table_name
                    and not peer_exchange.has_column(host_table, missing.column_name))
      from peer_exchange.host_tables() as host
     cross join peer_exchange.host_table(host.table_name) as host_table
     where host_table is not null
  loop
    execute statement;
  end loop;
end $$;

comment on function peer_exchange.make_twins() is 'Makes an empty temporary twin of every host table that is there.';

create function peer_exchange.wanted_definition(p_wanted peer_exchange.wanted_object) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  twin text := peer_exchange.twin_of(p_wanted.table_name);
begin
  execute format(p_wanted.creation, p_wanted.name, twin);
  return replace(peer_exchange.definition_of(p_wanted.kind, twin::regclass, p_wanted.name),
                 twin, format('%I.%I', 'public', p_wanted.table_name));
end $$;

comment on function peer_exchange.wanted_definition(peer_exchange.wanted_object) is
  'What Postgres would say of an object if it were what is wanted.';

create function peer_exchange.creation_of(p_wanted peer_exchange.wanted_object) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(p_wanted.creation, p_wanted.name, format('public.%I', p_wanted.table_name))
      || case when p_wanted.meaning is null then ''
              else format('; comment on %s %s is %L', p_wanted.kind,
                          case p_wanted.kind when 'index' then format('public.%I', p_wanted.name)
                               else format('%I on public.%I', p_wanted.name, p_wanted.table_name) end,
                          p_wanted.meaning) end
$$;

comment on function peer_exchange.creation_of(peer_exchange.wanted_object) is
  'The statements that make an object and say what it is for.';

create function peer_exchange.removal_of(p_wanted peer_exchange.wanted_object) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case p_wanted.kind
           when 'index'      then format('drop index public.%I', p_wanted.name)
           when 'constraint' then format('alter table public.%I drop constraint %I', p_wanted.table_name, p_wanted.name)
           else format('drop %s %I on public.%I', p_wanted.kind, p_wanted.name, p_wanted.table_name)
         end
$$;

comment on function peer_exchange.removal_of(peer_exchange.wanted_object) is
  'The statement that drops what bears the name of a wanted object.';

create function peer_exchange.step_towards(p_wanted peer_exchange.wanted_object) returns peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  existing text := peer_exchange.definition_of(p_wanted.kind, peer_exchange.host_table(p_wanted.table_name), p_wanted.name);
  object   text := case p_wanted.kind when 'index' then 'index public.' || p_wanted.name
                        else format('%s %s on public.%s', p_wanted.kind, p_wanted.name, p_wanted.table_name) end;
begin
  if existing is null then
    return (object, 'created', p_wanted.meaning, peer_exchange.creation_of(p_wanted))::peer_exchange.setup_step;
  elsif existing = peer_exchange.wanted_definition(p_wanted) then
    return (object, 'unchanged', null, null)::peer_exchange.setup_step;
  end if;
  return (object, 'altered', 'made anew; it was ' || existing,
          peer_exchange.removal_of(p_wanted) || '; ' || peer_exchange.creation_of(p_wanted))::peer_exchange.setup_step;
end $$;

comment on function peer_exchange.step_towards(peer_exchange.wanted_object) is
  'The step of setup() after which an object is what is wanted.';

create function peer_exchange.open_temporary_schema() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  owner oid := peer_exchange.host_owner();
begin
  if not has_database_privilege(owner, current_database(), 'temporary') then
    execute format('grant temporary on database %I to %s', current_database(), owner::regrole);
  end if;
end $$;

comment on function peer_exchange.open_temporary_schema() is
  'Lets the owner of the application''s tables make the twins; taken back with the plan.';

create or replace function peer_exchange.setup_obstacles() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select wanted.*, peer_exchange.host_table(wanted.table_name) as host_table
      from peer_exchange.host_columns() as wanted
  ), present as (
    select wanted.*, attribute.attname is not null as exists,
           case type.typtype when 'd' then type.typbasetype else type.oid end::regtype as type,
           -- Of a type that an extension brings, in whichever schema that lives.
           (select base.typname from pg_type as base
             where base.oid = case type.typtype when 'd' then type.typbasetype else type.oid end) as type_name,
           type.typtype = 'e' as is_enum
      from wanted
      join pg_class as class on class.oid = wanted.host_table and class.relkind = 'r'
      left join pg_attribute as attribute
           on attribute.attrelid = wanted.host_table
          and attribute.attname = wanted.column_name
          and not attribute.attisdropped
      left join pg_type as type on type.oid = attribute.atttypid
  )
  select 'table public.' || class.relname, 'conflict',
         'it is not an ordinary table; rename it and run setup() again', null
    from pg_class as class
   where class.oid in (select wanted.host_table from wanted) and class.relkind <> 'r'
  union all
  -- The library acts as that owner, who has to read before anything else.
  select 'table public.' || class.relname, 'conflict',
         format('it belongs to %s, and client_sessions to %s, who may not read it; ALTER TABLE public.%s OWNER TO %s',
                class.relowner::regrole, owner.name, class.relname, owner.name), null
    from pg_class as class
   cross join (select peer_exchange.host_owner()::regrole) as owner (name)
   where class.oid in (select wanted.host_table from wanted) and class.relkind = 'r'
     and not has_table_privilege(owner.name, class.oid, 'select')
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         'the column is missing, and without it this is another table; rename the table or add the column as '
           || present.definition, null
    from present
   where present.is_key and not present.exists
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         format('its type is %s and must be %s; ALTER TABLE public.%s ALTER COLUMN %s TYPE ...',
                present.type,
                case present.kind when 'label' then 'text or an enum' when 'instant' then 'timestamptz'
                                  when 'number' then 'numeric' when 'period' then 'tstzrange'
                                  when 'json' then 'jsonb' else present.kind end,
                present.table_name, present.column_name), null
    from present
   where present.exists
     and not case present.kind
               when 'uuid'    then present.type = 'uuid'::regtype
               when 'text'    then present.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
                                   or present.type_name = 'citext'
               when 'label'   then present.is_enum or present.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
               when 'integer' then present.type in ('integer'::regtype, 'bigint'::regtype)
               when 'number'  then present.type in ('numeric'::regtype, 'integer'::regtype, 'bigint'::regtype,
                                                    'double precision'::regtype, 'real'::regtype)
               when 'boolean' then present.type = 'boolean'::regtype
               when 'date'    then present.type = 'date'::regtype
               when 'time'    then present.type = 'time'::regtype
               when 'instant' then present.type in ('timestamptz'::regtype, 'timestamp'::regtype)
               when 'json'    then present.type in ('jsonb'::regtype, 'json'::regtype)
               when 'period'  then present.type = 'tstzrange'::regtype
               when 'any'     then true
             end
  union all
  select format('column public.%s.%s', vocabulary.table_name, vocabulary.column_name), 'conflict',
         format('it is too short for %s, which has %s characters; ALTER TABLE public.%s ALTER COLUMN %s TYPE text',
                longest.value, length(longest.value), vocabulary.table_name, vocabulary.column_name), null
    from peer_exchange.written_values() as vocabulary
   cross join lateral (select value from unnest(vocabulary.written) as value order by length(value) desc limit 1)
         as longest
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(vocabulary.table_name)
        and attribute.attname = vocabulary.column_name
        and attribute.atttypid in ('varchar'::regtype, 'bpchar'::regtype)
        -- The declared length is kept with the four bytes of a header added.
        and attribute.atttypmod between 4 and length(longest.value) + 3
  union all
  select format('column public.%s.%s', class.relname, attribute.attname), 'conflict',
         format('it must be filled, has no default and is not known here; ALTER TABLE public.%s ALTER COLUMN %s '
                || 'SET DEFAULT ..., or DROP NOT NULL', class.relname, attribute.attname), null
    from pg_class as class
    join pg_attribute as attribute
         on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
   where class.oid in (select peer_exchange.host_table(name)
                         from unnest(array['client_sessions', 'credits', 'credit_transactions', 'notifications']) as name)
     and attribute.attnotnull
     and not attribute.atthasdef
     and attribute.attidentity = ''
     -- The older twins of ours, which a trigger fills.
     and not (class.relname = 'notifications' and attribute.attname in ('user_id', 'message', 'metadata'))
     and not (class.relname = 'credits' and attribute.attname = 'current_balance')
     and not exists (select from wanted
                      where wanted.table_name = class.relname and wanted.column_name = attribute.attname)
$$;

create or replace function peer_exchange.setup_tables() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select host.table_name, host.column_name, host.definition, host.ordinality,
           peer_exchange.host_table(host.table_name) as host_table,
           case when host.meaning is null then ''
                else format('; comment on column public.%I.%I is %L', host.table_name, host.column_name,
                            host.meaning) end as remark
      from peer_exchange.host_columns() with ordinality
           as host (table_name, column_name, kind, definition, is_key, meaning, ordinality)
  ), by_table as (
    select wanted.table_name, wanted.host_table, min(wanted.ordinality) as ordinality,
           bool_or(not peer_exchange.has_column(wanted.host_table, wanted.column_name)) as lacks_columns,
           format('create table public.%1$I (%2$s); comment on table public.%1$I is %3$L', wanted.table_name,
                  string_agg(format('%I %s', wanted.column_name, wanted.definition), ', '
                             order by wanted.ordinality), host.meaning)
             || string_agg(wanted.remark, '' order by wanted.ordinality)
             || coalesce(format('; alter table public.%I owner to ', wanted.table_name)
                           || peer_exchange.host_owner()::regrole, '') as creation
      from wanted
      join peer_exchange.host_tables() as host using (table_name)
     group by wanted.table_name, wanted.host_table, host.meaning
  ), step as (
    select by_table.ordinality, 0 as rank, 'table public.' || by_table.table_name as object,
           case when by_table.host_table is null then 'created'
                when by_table.lacks_columns then 'adopted'
                else 'unchanged' end as action,
           case when by_table.host_table is not null and by_table.lacks_columns
                then 'the table stays the application''s; columns are added' end as detail,
           case when by_table.host_table is null then by_table.creation end as statement
      from by_table
    union all
    select wanted.ordinality, 1, format('column public.%s.%s', wanted.table_name, wanted.column_name),
           'altered', 'added as ' || wanted.definition,
           format('alter table public.%I add column %I %s', wanted.table_name, wanted.column_name,
                  wanted.definition) || wanted.remark
      from wanted
     where wanted.host_table is not null
       and not peer_exchange.has_column(wanted.host_table, wanted.column_name)
  )
  select step.object, step.action, step.detail, step.statement
    from step
   order by step.ordinality, step.rank
$$;

create or replace function peer_exchange.setup_vocabulary() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with closed as (
    select vocabulary.table_name, vocabulary.column_name, vocabulary.written,
           attribute.attrelid, attribute.attnum, attribute.atttypid
      from peer_exchange.written_values() as vocabulary
      join pg_attribute as attribute
           on attribute.attrelid = peer_exchange.host_table(vocabulary.table_name)
          and attribute.attname = vocabulary.column_name
          and not attribute.attisdropped
  )
  select format('value %s of type %s', value, closed.atttypid::regtype), 'altered',
         format('added, for public.%s.%s', closed.table_name, closed.column_name),
         format('alter type %s add value %L', closed.atttypid::regtype, value)
    from closed
   cross join unnest(closed.written) as value
    join pg_type as type on type.oid = closed.atttypid and type.typtype = 'e'
   where not exists (select from pg_enum as label
                      where label.enumtypid = closed.atttypid and label.enumlabel = value)
  union all
  select format('constraint %I on public.%s', checked.conname, closed.table_name), 'altered',
         format('admits %s besides', array_to_string(missing.written, ', ')),
         format('select peer_exchange.alter_table(%L)',
                format('alter table public.%I drop constraint %I, add constraint %I check ((%s) or %I in (%s))',
                       closed.table_name, checked.conname, checked.conname,
                       pg_get_expr(checked.conbin, checked.conrelid), closed.column_name,
                       (select string_agg(quote_literal(value), ', ') from unnest(missing.written) as value)))
    from closed
    join pg_constraint as checked
         on checked.conrelid = closed.attrelid and checked.contype = 'c'
        and checked.conkey = array[closed.attnum]
   cross join lateral (
         select array_agg(value) as written
           from unnest(closed.written) as value
          where not peer_exchange.passes_check(checked.oid, closed.column_name, value)) as missing
    join pg_type as type on type.oid = closed.atttypid and type.typtype <> 'e'
   where missing.written is not null
$$;

create or replace function peer_exchange.are_sessions_guarded() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from pg_trigger as guard
     where guard.tgrelid = peer_exchange.host_table('client_sessions')
       and guard.tgname = 'peer_exchange_2_keep_time'
       and guard.tgfoid = 'peer_exchange.keep_session_time()'::regprocedure
       and guard.tgenabled in ('O', 'A')
       and guard.tgqual is null
       and not exists (select from pg_attribute as source
                        where source.attrelid = guard.tgrelid
                          and source.attname in ('therapist_id', 'session_date', 'start_time', 'duration_minutes', 'status')
                          and source.attnum <> all (guard.tgattr::int2[])))
$$;

comment on function peer_exchange.are_sessions_guarded() is
  'Whether the trigger that derives occupied_during is on, for whatever it follows from.';

create or replace function peer_exchange.session_times()
returns table (session_id uuid, practitioner_id uuid, period tstzrange)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with zone as materialized (
    select practitioner.id, peer_exchange.time_zone_of(practitioner.id) as name
      from (select distinct session.therapist_id as id from public.client_sessions as session) as practitioner
  )
  select session.id, session.therapist_id,
         case when session.therapist_id is not null then
           peer_exchange.occupied_during(session.status::text, session.session_date, session.start_time,
             session.duration_minutes::integer, zone.name)
         end
    from public.client_sessions as session
    left join zone on zone.id = session.therapist_id;
end $$;

create or replace function peer_exchange.setup_session_time() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  host_table regclass := peer_exchange.host_table('client_sessions');
  rule       peer_exchange.wanted_object := (
    'constraint', 'client_sessions', 'client_sessions_no_overlap',
    'alter table %2$s add constraint %1$I exclude using gist (therapist_id with =, occupied_during with &&) '
    || 'where (occupied_during is not null)',
    'No two active sessions of one practitioner at the same time.');
  step       peer_exchange.setup_step := peer_exchange.step_towards(rule);
  stale      bigint := 0;
  conflicts  bigint := 0;
begin
  if host_table is not null then
    stale := peer_exchange.stale_sessions();
  end if;
  -- What the constraint has kept apart so far does not overlap.
  if host_table is not null and (stale > 0 or step.action <> 'unchanged') then
    return query
      select format('session %s', overlapping.session_id), 'conflict',
             format('it overlaps session %s of the same practitioner, and until that is mended constraint '
                    || 'client_sessions_no_overlap can''t hold; cancel or move one of them and run setup() again',
                    overlapping.overlapped_id), null
        from peer_exchange.overlapping_sessions() as overlapping
       order by overlapping.session_id;
    get diagnostics conflicts = row_count;
  end if;

  if conflicts > 0 and step.action <> 'created' then
    return next (step.object, 'altered', 'dropped until the sessions that overlap are mended; the guards hold',
                 peer_exchange.removal_of(rule))::peer_exchange.setup_step;
  end if;
  if stale > 0 then
    return next ('rows of public.client_sessions', 'altered',
                 format('occupied_during of %s sessions follows from their date, time, duration and status', stale),
                 'select peer_exchange.refresh_occupancy()')::peer_exchange.setup_step;
  end if;
  if conflicts = 0 then
    return next step;
  end if;
end $$;

create or replace function peer_exchange.setup_credit_constraints() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  rule       record;
  step       peer_exchange.setup_step;
  violations bigint;
begin
  for rule in
    select * from (values ('credits_balance_not_negative', 'balance'),
                          ('credits_owed_not_negative', 'owed')) as rules (name, column_name)
  loop
    step := peer_exchange.step_towards(('constraint', 'credits', rule.name,
              format('alter table %%2$s add constraint %%1$I check (%I >= 0)', rule.column_name), null));
    violations := 0;
    if step.action <> 'unchanged' and peer_exchange.has_column(peer_exchange.host_table('credits'), rule.column_name) then
      return query execute format(
        'select ''balance of user '' || user_id, ''conflict'', ''%1$s is '' || %1$s || '', so constraint %2$s can''''t be '
        || 'added; set it right, with the adjustment row that verify_ledger() then lacks, and run setup() again'', null '
        || 'from public.credits where %1$s < 0 order by user_id', rule.column_name, rule.name);
      get diagnostics violations = row_count;
    end if;
    if violations = 0 then
      return next step;
    end if;
  end loop;
end $$;

create type peer_exchange.wanted_index as (
  name text, table_name text, method text, column_names text[], is_unique boolean, condition text, meaning text);

comment on type peer_exchange.wanted_index is 'An index that setup() puts on a host table.';

create function peer_exchange.wanted_indexes() returns setof peer_exchange.wanted_index
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('client_sessions_peer_practitioner_idx', 'client_sessions', 'btree', array['therapist_id', 'session_date'], false, 'is_peer_booking',
     'Row-level security and lists of the sessions that one gives.'),
    ('client_sessions_client_day_idx', 'client_sessions', 'btree', array['client_id', 'session_date'], false, null,
     'Row-level security, lists and overlaps of the sessions that one receives.'),
    ('client_sessions_idempotency_key_idx', 'client_sessions', 'btree', array['client_id', 'idempotency_key'], true, 'is_peer_booking and idempotency_key is not null',
     'A client uses a key for one booking.'),
    ('client_sessions_completed_idx', 'client_sessions', 'btree', array['therapist_id'], false, 'is_peer_booking and status = ''completed''',
     'How many sessions a practitioner has completed.'),
    ('credits_user_id_idx', 'credits', 'btree', array['user_id'], true, null,
     'One balance a person.'),
    ('credit_transactions_user_idx', 'credit_transactions', 'btree', array['user_id', 'created_at'], false, null,
     'A person''s ledger in order of time.'),
    ('credit_transactions_session_idx', 'credit_transactions', 'btree', array['session_id'], false, null,
     'What the ledger says of a session.'),
    ('credit_transactions_idempotency_key_idx', 'credit_transactions', 'btree', array['user_id', 'idempotency_key'], true, 'idempotency_key is not null',
     'A key grants once.'),
    ('notifications_recipient_idx', 'notifications', 'btree', array['recipient_id', 'created_at'], false, null,
     'A person''s notifications in order of time.'),
    ('notifications_delivery_due_idx', 'notifications', 'btree', array['delivery_due_at'], false, 'delivery_due_at is not null',
     'What is due for delivery; empty while the setting peer_exchange.delivery is off.'),
    ('practitioner_products_practitioner_idx', 'practitioner_products', 'btree', array['practitioner_id'], false, null,
     'The products of a practitioner.'),
    ('practitioner_availability_user_idx', 'practitioner_availability', 'btree', array['user_id'], false, null,
     'The hours of a practitioner.'),
    ('calendar_events_user_idx', 'calendar_events', 'btree', array['user_id', 'end_time'], false, null,
     'The calendar of a person in order of time.'),
    ('cancellation_policies_practitioner_idx', 'cancellation_policies', 'btree', array['practitioner_id'], false, null,
     'The policy of a practitioner.')
$$;

comment on function peer_exchange.wanted_indexes() is 'The indexes that bookings and lists need.';

create function peer_exchange.creation_of_index(p_wanted peer_exchange.wanted_index) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('create %sindex %%1$I on %%2$s using %s (%s)%s', case when p_wanted.is_unique then 'unique ' end,
                p_wanted.method, (select string_agg(quote_ident(name), ', ') from unnest(p_wanted.column_names) as name),
                ' where ' || p_wanted.condition)
$$;

comment on function peer_exchange.creation_of_index(peer_exchange.wanted_index) is
  'The statement that makes an index, with places for its name and its table.';

create function peer_exchange.is_index_spared(p_wanted peer_exchange.wanted_index) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select -- A value that this very run adds to an enum can't be named before it is over.
         (p_wanted.name = 'client_sessions_completed_idx' and not peer_exchange.is_completed_known())
      or (to_regclass(format('public.%I', p_wanted.name)) is null
          and case when host.host_table is null
                   -- A table made by setup() has its keys from its columns.
                   then p_wanted.column_names in (array['user_id'], array['practitioner_id'])
                        and p_wanted.table_name <> 'practitioner_products'
                   else p_wanted.condition is null
                        and peer_exchange.has_index(host.host_table, p_wanted.column_names, p_wanted.is_unique) end)
    from (select peer_exchange.host_table(p_wanted.table_name)) as host (host_table)
$$;

comment on function peer_exchange.is_index_spared(peer_exchange.wanted_index) is
  'Whether setup() makes no index, since the application''s own serves or it is too early.';

create function peer_exchange.is_name_taken(p_index_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from pg_class as class
     where class.oid = to_regclass(format('public.%I', p_index_name))
       and (class.relkind <> 'i' or exists (select from pg_constraint as kept where kept.conindid = class.oid)))
$$;

comment on function peer_exchange.is_name_taken(text) is
  'Whether what bears the name of an index of ours can''t be dropped as an index.';

create or replace function peer_exchange.setup_indexes() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted     peer_exchange.wanted_index;
  step       peer_exchange.setup_step;
  duplicates text;
begin
  -- One index of a session's client and day serves what two served before.
  return query
    select 'index public.' || former.name, 'altered', 'dropped: client_sessions_client_day_idx serves instead',
           format('drop index public.%I', former.name)
      from unnest(array['client_sessions_peer_client_idx', 'client_sessions_client_occupied_idx']) as former (name)
     where to_regclass(format('public.%I', former.name)) is not null;
  for wanted in
    select * from peer_exchange.wanted_indexes()
    union all
    select * from peer_exchange.wanted_figure_indexes()
  loop
    if peer_exchange.is_index_spared(wanted) then
      continue;
    end if;
    step := peer_exchange.step_towards(('index', wanted.table_name, wanted.name,
                                        peer_exchange.creation_of_index(wanted), wanted.meaning));
    if step.action <> 'unchanged' then
      duplicates := peer_exchange.duplicates_of(wanted.table_name, wanted.column_names, wanted.is_unique, wanted.condition);
      if duplicates is not null then
        step := (step.object, 'conflict',
                 format('rows of public.%s have the same %s: %s; join them and run setup() again',
                        wanted.table_name, array_to_string(wanted.column_names, ', '), duplicates), null);
      elsif peer_exchange.is_name_taken(wanted.name) then
        step := (step.object, 'conflict', 'something else bears that name; rename it and run setup() again', null);
      end if;
    end if;
    return next step;
  end loop;
end $$;

create function peer_exchange.wanted_figure_indexes() returns setof peer_exchange.wanted_index
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('credit_transactions_created_idx', 'credit_transactions', 'brin', array['created_at'], false, null,
     'Figures: the ledger of some days.'),
    ('notifications_created_idx', 'notifications', 'brin', array['created_at'], false, null,
     'Figures: the notifications of some days.'),
    ('client_sessions_cancelled_idx', 'client_sessions', 'btree', array['cancelled_at'], false,
     'is_peer_booking and cancelled_at is not null',
     'Figures: the cancellations of some days.')
$$;

comment on function peer_exchange.wanted_figure_indexes() is 'The indexes that figures need.';

create or replace function peer_exchange.setup_policies() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- The person of the request, from today's claims or the older setting; nobody where there is none.
  caller text := '(select coalesce(nullif(current_setting(''request.jwt.claim.sub'', true), ''''), '
                 || 'nullif(current_setting(''request.jwt.claims'', true), '''')::json ->> ''sub'')::uuid)';
  signed_in text := '(select coalesce(nullif(current_setting(''request.jwt.claim.sub'', true), ''''), '
                 || 'nullif(current_setting(''request.jwt.claims'', true), '''')::json ->> ''sub'') is not null)';
  readers text := (select case when count(*) > 0 then 'authenticated' else 'public' end
                     from pg_roles where rolname = 'authenticated');
  wanted   record;
  step     peer_exchange.setup_step;
  existing name;
begin
  for wanted in
    select * from (values
      -- policy, table, command, kept for created tables only, expression, written rows, meaning
      ('peer_booking_full_access', 'client_sessions', 'all', false,
       format('is_peer_booking and (therapist_id = %1$s or client_id = %1$s)', caller), true,
       'Both parties see and handle their peer session; guards keep what carries money or identity.'),
      ('peer_exchange_own_balance',  'credits', 'select', false, 'user_id = ' || caller, false,
       'People see their own balance.'),
      ('peer_exchange_own_entries',  'credit_transactions', 'select', false, 'user_id = ' || caller, false,
       'People see their own ledger rows.'),
      ('peer_exchange_own_notifications', 'notifications', 'select', false, 'recipient_id = ' || caller, false,
       'People see what they were told.'),
      ('peer_exchange_mark_read',    'notifications', 'update', false, 'recipient_id = ' || caller, true,
       'People mark their own notifications as read.'),
      ('peer_exchange_people',       'users', 'select', true, signed_in, false,
       'Whoever is signed in sees people.'),
      ('peer_exchange_products',     'practitioner_products', 'select', true, signed_in, false,
       'Whoever is signed in sees what is offered.'),
      ('peer_exchange_add_product',  'practitioner_products', 'insert', true, 'practitioner_id = ' || caller, true,
       'Practitioners offer products of their own.'),
      ('peer_exchange_edit_product', 'practitioner_products', 'update', true, 'practitioner_id = ' || caller, true,
       'Practitioners change their own products.'),
      ('peer_exchange_drop_product', 'practitioner_products', 'delete', true, 'practitioner_id = ' || caller, false,
       'Practitioners take back their own products.'),
      ('peer_exchange_hours',        'practitioner_availability', 'select', true, signed_in, false,
       'Whoever is signed in sees when practitioners work.'),
      ('peer_exchange_add_hours',    'practitioner_availability', 'insert', true, 'user_id = ' || caller, true,
       'Practitioners publish their own hours.'),
      ('peer_exchange_edit_hours',   'practitioner_availability', 'update', true, 'user_id = ' || caller, true,
       'Practitioners change their own hours.'),
      ('peer_exchange_drop_hours',   'practitioner_availability', 'delete', true, 'user_id = ' || caller, false,
       'Practitioners take back their own hours.'),
      ('peer_exchange_own_events',   'calendar_events', 'all', true, 'user_id = ' || caller, true,
       'People keep their own calendar.'),
      ('peer_exchange_policies',     'cancellation_policies', 'select', true, signed_in, false,
       'Whoever is signed in sees how much a late cancellation gives back.'),
      ('peer_exchange_add_policy',   'cancellation_policies', 'insert', true, 'practitioner_id = ' || caller, true,
       'Practitioners set their own cancellation policy.'),
      ('peer_exchange_edit_policy',  'cancellation_policies', 'update', true, 'practitioner_id = ' || caller, true,
       'Practitioners change their own cancellation policy.'),
      ('peer_exchange_drop_policy',  'cancellation_policies', 'delete', true, 'practitioner_id = ' || caller, false,
       'Practitioners take back their own cancellation policy.')
    ) as policies (name, table_name, command, for_created_only, expression, is_checked, meaning)
  loop
    step := peer_exchange.step_towards(('policy', wanted.table_name, wanted.name,
              format('create policy %%1$I on %%2$s for %s to %s', wanted.command, readers)
              || case when wanted.command <> 'insert' then format(' using (%s)', wanted.expression) else '' end
              || case when wanted.is_checked then format(' with check (%s)', wanted.expression) else '' end,
              wanted.meaning));
    if step.action = 'created' then
      existing := peer_exchange.covering_policy(wanted.table_name, wanted.command, readers);
      if existing is not null then
        step := (step.object, 'unchanged',
                 format('not needed: policy %I of the application says whose rows these are', existing), null);
      elsif wanted.for_created_only
            and peer_exchange.host_table(wanted.table_name) is not null
            and not peer_exchange.is_made_by_setup(wanted.table_name) then
        continue;
      end if;
    end if;
    return next step;
  end loop;
end $$;

create or replace function peer_exchange.setup_closed_doors() returns setof peer_exchange.setup_step
language sql
set search_path = pg_catalog, pg_temp
as $$
  with ordinary as (
    select string_agg(quote_ident(rolname), ', ' order by rolname) as roles
      from pg_roles where rolname in ('anon', 'authenticated')
  ), wanted as (
    select host.table_name, door.command,
           format('peer_exchange_no_%s', door.command) as name,
           case when door.command = 'insert' then 'with check (false)' else 'using (false)' end as rule,
           'Restrictive: whatever another policy allows, ordinary roles do not write here.' as meaning
      from unnest(array['credits', 'credit_transactions']) as host (table_name)
     cross join unnest(array['insert', 'update', 'delete']) as door (command)
    union all
    select 'notifications', 'insert', 'peer_exchange_no_delivery', 'with check (delivery_due_at is null)',
           'Restrictive: whatever another policy allows, ordinary roles have nothing sent by e-mail.'
  )
  select step.*
    from wanted
   cross join ordinary
   cross join lateral peer_exchange.step_towards(
         ('policy', wanted.table_name, wanted.name,
          format('create policy %%1$I on %%2$s as restrictive for %s to %s %s', wanted.command, ordinary.roles, wanted.rule),
          wanted.meaning)) as step
   where ordinary.roles is not null
$$;

create or replace function peer_exchange.setup_row_security() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'row-level security of public.' || name,
         case when class.relrowsecurity then 'unchanged' when class.oid is null then 'created' else 'altered' end,
         case when class.relrowsecurity then null else 'enabled' end,
         case when not coalesce(class.relrowsecurity, false)
              then format('alter table public.%I enable row level security', name) end
    from peer_exchange.host_tables() as host (name, meaning)
    left join pg_class as class on class.oid = peer_exchange.host_table(name)
   -- Of the application's own tables only those that carry credits or messages.
   where class.oid is null
      or class.relrowsecurity
      or peer_exchange.is_made_by_setup(name)
      or name in ('client_sessions', 'credits', 'credit_transactions', 'notifications')
   order by name
$$;

create function peer_exchange.wanted_triggers() returns setof peer_exchange.wanted_object
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'trigger', wanted.table_name, wanted.name, 'create trigger %1$I ' || wanted.definition, wanted.meaning
    from (values
      ('client_sessions', 'peer_exchange_1_guard_change',
       'before update of id, therapist_id, client_id, session_date, start_time, duration_minutes, status, '
       || 'payment_status, is_peer_booking, credit_cost, product_id, idempotency_key, idempotency_digest, created_at on %2$s '
       || 'for each row when (old.is_peer_booking or new.is_peer_booking) execute function peer_exchange.guard_session_change()', true,
       'Refuses direct changes of what carries money or identity in a peer session.'),
      ('client_sessions', 'peer_exchange_1_guard_insert',
       'before insert on %2$s for each row when (new.is_peer_booking) execute function peer_exchange.guard_session_insert()', true,
       'A peer session that is inserted directly is its client''s own, and not paid for yet.'),
      ('client_sessions', 'peer_exchange_2_keep_time',
       'before insert or update of id, therapist_id, client_id, session_date, start_time, duration_minutes, status, '
       || 'occupied_during on %2$s for each row execute function peer_exchange.keep_session_time()', true,
       'Derives occupied_during and keeps the sessions of one person apart.'),
      ('client_sessions', 'peer_exchange_3_refund',
       'after update on %2$s referencing old table as former_rows new table as present_rows '
       || 'for each statement execute function peer_exchange.refund_direct_cancellations()', true,
       'Refunds peer sessions whose status is set to cancelled directly.'),
      ('client_sessions', 'peer_exchange_4_guard_delete',
       'before delete on %2$s for each row execute function peer_exchange.guard_session_removal()', true,
       'Refuses to delete a peer session that was paid for.'),
      ('client_sessions', 'peer_exchange_5_guard_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.guard_session_removal()', true,
       'Refuses to truncate sessions that were paid for.'),
      ('credit_transactions', 'peer_exchange_append_only',
       'before update or delete on %2$s for each row execute function peer_exchange.guard_ledger()', true,
       'The ledger is append-only: refuses UPDATE and DELETE.'),
      ('credit_transactions', 'peer_exchange_no_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.guard_ledger()', true,
       'The ledger is append-only: refuses TRUNCATE.'),
      ('notifications', 'peer_exchange_guard',
       'before update on %2$s for each row execute function peer_exchange.guard_notification()', true,
       'An ordinary role marks a notification as read and changes nothing else.'),
      ('users', 'peer_exchange_deactivation',
       'after update of is_active on %2$s for each row when (old.is_active and new.is_active is not true) '
       || 'execute function peer_exchange.release_departing_person()', true,
       'Cancels and refunds the upcoming peer sessions of a person who is deactivated.'),
      ('users', 'peer_exchange_deletion',
       'before delete on %2$s for each row execute function peer_exchange.release_departing_person()', true,
       'Cancels and refunds the upcoming peer sessions of a person who is deleted, and closes the account.'),
      ('users', 'peer_exchange_deletion_in_turn',
       'before delete on %2$s for each statement execute function peer_exchange.delete_in_turn()', true,
       'People are deleted one transaction after the other, so that they never wait for each other.'),
      ('users', 'peer_exchange_search',
       'after insert or update or delete on %2$s for each row execute function peer_exchange.keep_search_entry()', true,
       'Keeps what a person is found by.'),
      ('credits', 'peer_exchange_mirror',
       'before insert or update on %2$s for each row execute function peer_exchange.mirror_balance()',
       peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance'),
       'Keeps balance and its older twin current_balance equal.'),
      ('notifications', 'peer_exchange_mirror',
       'before insert on %2$s for each row execute function peer_exchange.mirror_notification()',
       peer_exchange.has_column(peer_exchange.host_table('notifications'), 'user_id')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'message')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'metadata'),
       'Fills the older twins user_id, message and metadata of a notification.'),
      ('notifications', 'peer_exchange_mirror_read',
       'before update of read_at, read on %2$s for each row execute function peer_exchange.mirror_read()',
       exists (select from pg_attribute
                where attrelid = peer_exchange.host_table('notifications') and attname = 'read'
                  and atttypid = 'boolean'::regtype and attgenerated = '' and not attisdropped),
       'Keeps read_at and its older twin read equal.')
    ) as wanted (table_name, name, definition, is_needed, meaning)
   where wanted.is_needed
$$;

comment on function peer_exchange.wanted_triggers() is
  'The guard triggers, and the mirrors of those twin columns that there are.';

create or replace function peer_exchange.setup_triggers() returns setof peer_exchange.setup_step
language sql
set search_path = pg_catalog, pg_temp
as $$
  select step.*
    from peer_exchange.wanted_triggers() as wanted
   cross join lateral peer_exchange.step_towards(wanted) as step
$$;

create or replace function peer_exchange.setup_revocations() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges of %s on public.%s', role.rolname, closed.table_name), 'altered',
         format('%s revoked', held.privileges),
         format('revoke %s on public.%I from %I%s', held.privileges, closed.table_name, role.rolname,
                case when held.by_public then ', public' else '' end)
    from (values ('credits', 'insert, update, delete, truncate, trigger, references'),
                 ('credit_transactions', 'insert, update, delete, truncate, trigger, references'),
                 ('notifications', 'update, truncate, trigger, references'),
                 ('client_sessions', 'truncate, trigger, references'),
                 -- Whoever may put a trigger on a table has it fired with the rights of others who write there.
                 ('users', 'trigger, references'),
                 ('practitioner_products', 'trigger, references'),
                 ('practitioner_availability', 'trigger, references'),
                 ('calendar_events', 'trigger, references'),
                 ('cancellation_policies', 'trigger, references')) as closed (table_name, privileges)
   cross join pg_roles as role
   -- Only what is held: to revoke UPDATE on a table is to revoke it on every column.
   cross join lateral (
         select string_agg(privilege, ', ' order by place) as privileges, bool_or(holders.have_public) as by_public
           from unnest(string_to_array(closed.privileges, ', ')) with ordinality as closing (privilege, place)
          cross join lateral (
                select bool_or(acl.grantee = 0) as have_public
                  from pg_class as class
                 cross join lateral aclexplode(class.relacl) as acl
                 where class.oid = peer_exchange.host_table(closed.table_name)
                   and acl.grantee in (0, role.oid)
                   and lower(acl.privilege_type) = privilege
                having count(*) > 0) as holders
         having count(*) > 0) as held
   where role.rolname in ('anon', 'authenticated')
   order by closed.table_name, role.rolname
$$;

create or replace function peer_exchange.setup_grants() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted     record;
  host_table regclass;
  columns    text;
  is_held    boolean;
begin
  for wanted in
    select granted.*, role.oid as role_oid
      from (values
        ('authenticated', 'users', 'select', array[]::text[], true),
        ('authenticated', 'practitioner_products', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'practitioner_availability', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'calendar_events', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'cancellation_policies', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'client_sessions', 'select, insert, update, delete', array[]::text[], false),
        ('authenticated', 'credits', 'select', array[]::text[], false),
        ('authenticated', 'credit_transactions', 'select', array[]::text[], false),
        ('authenticated', 'notifications', 'select', array[]::text[], false),
        ('authenticated', 'notifications', 'update', array['read_at', 'read', 'dismissed_at', 'updated_at'], false),
        ('service_role', 'users', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'practitioner_products', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'practitioner_availability', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'calendar_events', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'cancellation_policies', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'client_sessions', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'credits', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'credit_transactions', 'select, insert', array[]::text[], false),
        ('service_role', 'notifications', 'select, insert, update, delete', array[]::text[], false)
      ) as granted (role_name, table_name, privileges, column_names, for_created_only)
      join pg_roles as role on role.rolname = granted.role_name
  loop
    host_table := peer_exchange.host_table(wanted.table_name);
    if host_table is not null and wanted.for_created_only
       and not peer_exchange.is_made_by_setup(wanted.table_name) then
      continue;
    end if;
    select string_agg(name, ', ')
      into columns
      from unnest(wanted.column_names) as name
     where peer_exchange.has_column(host_table, name)
        or exists (select from peer_exchange.host_columns() as host
                    where host.table_name = wanted.table_name and host.column_name = name);
    is_held := case
      when host_table is null then false
      when columns is null then
        (select bool_and(has_table_privilege(wanted.role_oid, host_table, privilege))
           from unnest(string_to_array(wanted.privileges, ', ')) as privilege)
      -- Held on the whole table, it is about to be revoked.
      when has_table_privilege(wanted.role_oid, host_table, wanted.privileges) then false
      else
        (select bool_and(peer_exchange.has_column(host_table, name)
                         and has_column_privilege(wanted.role_oid, host_table, name, wanted.privileges))
           from unnest(string_to_array(columns, ', ')) as name)
    end;
    if is_held then
      continue;
    end if;
    return next (format('privileges of %s on public.%s', wanted.role_name, wanted.table_name),
                 case when host_table is null then 'created' else 'altered' end,
                 format('%s%s granted', wanted.privileges, ' (' || columns || ')'),
                 format('grant %s%s on public.%I to %I', wanted.privileges, ' (' || columns || ')',
                        wanted.table_name, wanted.role_name))::peer_exchange.setup_step;
  end loop;
end $$;

create function peer_exchange.setup_owners() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('owner of public.%s', class.relname), 'conflict',
         format('it belongs to %s, and client_sessions to %s, who may %s; '
                || 'ALTER TABLE public.%s OWNER TO %s', class.relowner::regrole, sessions.relowner::regrole,
                case when pg_has_role(sessions.relowner, class.relowner, 'usage')
                     then 'do more than that role, and with whose rights its triggers would run'
                     else 'not do what that role may' end,
                class.relname, sessions.relowner::regrole), null
    from peer_exchange.host_tables() as host (name, meaning)
    join pg_class as class    on class.oid = peer_exchange.host_table(host.name)
    join pg_class as sessions on sessions.oid = peer_exchange.host_table('client_sessions')
   where not pg_has_role(sessions.relowner, class.relowner, 'usage')
      or not pg_has_role(class.relowner, sessions.relowner, 'usage')
   order by class.relname
$$;

comment on function peer_exchange.setup_owners() is
  'Rows of setup() about tables that do not belong to the owner of client_sessions.';

create function peer_exchange.open_to_owner() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  owner     oid   := peer_exchange.host_owner();
  functions oid[] := array(select own.id from peer_exchange.own_functions() as own);
begin
  if owner is null
     or (has_schema_privilege(owner, 'peer_exchange', 'usage')
         and (select bool_and(has_function_privilege(owner, id, 'execute')) from unnest(functions) as id)
         and (select bool_and(has_table_privilege(owner, oid, 'select, insert, update, delete'))
                from pg_class where relnamespace = 'peer_exchange'::regnamespace and relkind = 'r'))
  then
    return;
  end if;
  execute format('grant usage on schema peer_exchange to %1$s;
                  grant execute on function %2$s to %1$s;
                  grant select, insert, update, delete on all tables in schema peer_exchange to %1$s;
                  grant usage on all sequences in schema peer_exchange to %1$s', owner::regrole,
                 (select string_agg(id::regprocedure::text, ', ') from unnest(functions) as id));
end $$;

comment on function peer_exchange.open_to_owner() is
  'Grants what the extension brings, its functions in public included, to the owner of the application''s tables, as whom the library acts.';

create function peer_exchange.setup_function_privileges() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with role as (
    select oid, rolname::text as name from pg_roles where rolname in ('anon', 'authenticated', 'service_role')
    union all
    select 0, 'public'
  ), wanted as (
    select role.oid as role_oid, called.id
      from peer_exchange.functions() as listed
     cross join unnest(array['peer_exchange', 'public']) as place (schema_name)
     cross join to_regprocedure(format('%I.%I(%s)', place.schema_name, listed.name, listed.arguments)) as called (id)
      join role on (listed.caller, role.name) in (('person', 'authenticated'), ('person', 'service_role'), ('service', 'service_role'))
     where called.id is not null
       and (place.schema_name = 'peer_exchange' or listed.is_in_public)
  ), held as (
    select role.oid as role_oid, own.id
      from peer_exchange.own_functions() as own
      join pg_proc as routine on routine.oid = own.id
     cross join aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) as acl
      join role on role.oid = acl.grantee and role.oid <> routine.proowner
  ), difference as (
    select missing.role_oid, true as is_granted, 'execute on function ' || missing.id as privilege
      from (select * from wanted except select * from held) as missing
    union all
    select excessive.role_oid, false, 'execute on function ' || excessive.id
      from (select * from held except select * from wanted) as excessive
     -- What the library runs as the owner of the tables is the owner's to execute.
     where excessive.role_oid is distinct from peer_exchange.host_owner()
    union all
    select role.oid, true, 'usage on schema peer_exchange'
      from role
     where role.name in ('authenticated', 'service_role')
       and not has_schema_privilege(role.oid, 'peer_exchange', 'usage')
    union all
    select role.oid, true, 'select on ' || relation.oid::regclass
      from pg_class as relation
      join role on role.name = 'service_role'
     where relation.relnamespace = 'peer_exchange'::regnamespace
       and (relation.relkind = 'v' or relation.relname = 'refusals')
       and not has_table_privilege(role.oid, relation.oid, 'select')
  )
  select 'privileges on functions for ' || role.name, 'altered',
         case when role.oid in (select held.role_oid from held)
              then concat_ws('; ', 'granted: ' || string_agg(difference.privilege, ', ' order by difference.privilege)
                                                    filter (where difference.is_granted),
                                   'revoked: ' || string_agg(difference.privilege, ', ' order by difference.privilege)
                                                    filter (where not difference.is_granted))
              else 'EXECUTE on what this role may call' end,
         string_agg(format(case when difference.is_granted then 'grant %s to %I' else 'revoke %s from %I' end,
                           difference.privilege, role.name), '; ')
    from difference
    join role on role.oid = difference.role_oid
   group by role.oid, role.name
   order by role.name
$$;

comment on function peer_exchange.setup_function_privileges() is
  'Steps of setup(): who may execute what functions() names, and nobody what it does not name.';

create function peer_exchange.setup_plan_by_owner() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform peer_exchange.make_twins();
  return query select * from peer_exchange.setup_tables();
  return query select * from peer_exchange.setup_vocabulary();
  return query select * from peer_exchange.setup_ledger_foreign_keys();
  return query select * from peer_exchange.setup_credit_constraints();
  return query select * from peer_exchange.setup_session_time();
  return query select * from peer_exchange.setup_indexes();
  return query select * from peer_exchange.setup_owners();
  return query select * from peer_exchange.setup_row_security();
  return query select * from peer_exchange.setup_policies();
  return query select * from peer_exchange.setup_closed_doors();
  return query select * from peer_exchange.setup_triggers();
  return query select * from peer_exchange.setup_search_entries();
  return query select * from peer_exchange.setup_clean_slate();
  return query select * from peer_exchange.setup_revocations();
  return query select * from peer_exchange.setup_grants();
  return query select * from peer_exchange.setup_function_privileges();
  return query select * from peer_exchange.setup_findings();
end $$;

comment on function peer_exchange.setup_plan_by_owner() is
  'What peer_exchange.setup_plan does, as the owner of the tables.';

create or replace function peer_exchange.setup_plan() returns setof peer_exchange.setup_step
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_of_what_is_there';

create function peer_exchange.alter_table_by_owner(p_statement text) returns void
language plpgsql
as $$
begin
  execute p_statement;
end $$;

comment on function peer_exchange.alter_table_by_owner(text) is
  'What peer_exchange.alter_table does, as the owner of the tables.';

create function peer_exchange.alter_table(p_statement text) returns void
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_of_what_is_there';

comment on function peer_exchange.alter_table(text) is
  'Called by setup(): carries out an ALTER TABLE that runs expressions of the application''s.';

create or replace function peer_exchange.refuse_obstacles() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  obstacles text;
begin
  select string_agg(format('%s: %s', obstacle.object, obstacle.detail), E'\n' order by obstacle.object)
    into obstacles
    from peer_exchange.setup_obstacles() as obstacle;
  if obstacles is not null then
    raise exception using
      errcode = 'object_not_in_prerequisite_state',
      message = 'peer_exchange can''t adopt this database as it is; nothing was changed',
      detail  = obstacles,
      hint    = 'Fix what is listed and try again.';
  end if;
end $$;

create function peer_exchange.setup_steps() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  plan peer_exchange.setup_step[];
begin
  begin
    perform peer_exchange.open_to_owner();
    perform peer_exchange.open_temporary_schema();
    plan := array(select planned from peer_exchange.setup_plan() as planned);
    raise exception using errcode = 'XPLAN';
  exception when sqlstate 'XPLAN' then
  end;
  return query select * from unnest(plan);
end $$;

comment on function peer_exchange.setup_steps() is
  'The plan of setup(), made as the owner of the tables where there are any.';

create or replace function peer_exchange.setup(dry_run boolean default false)
returns table (object text, action text, detail text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step peer_exchange.setup_step;
begin
  if dry_run and exists (select from peer_exchange.setup_obstacles()) then
    return query select obstacle.object, obstacle.action, obstacle.detail
                   from peer_exchange.setup_obstacles() as obstacle;
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  if not coalesce(dry_run, false) then
    perform peer_exchange.open_to_owner();
  end if;
  foreach step in array array(select planned from peer_exchange.setup_steps() as planned) loop
    if step.statement is not null and not coalesce(dry_run, false) then
      execute step.statement;
    end if;
    object := step.object;
    action := step.action;
    detail := step.detail;
    return next;
  end loop;
end $$;

create function peer_exchange.comment_on_what_is_wrapped() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wrapped record;
begin
  for wrapped in
    select ours.name, ours.arguments from peer_exchange.functions() as ours where ours.is_in_public and ours.caller = 'person'
  loop
    execute format('comment on function peer_exchange.%1$I(%2$s) is %3$L', wrapped.name, wrapped.arguments,
                   format('Behind public.%s.', wrapped.name));
  end loop;
end $$;

select peer_exchange.comment_on_what_is_wrapped();

drop function peer_exchange.comment_on_what_is_wrapped();

comment on function peer_exchange.allocate_credits(integer, text, text, uuid[]) is
  'Grants p_amount credits to the next 500 people who have nothing for p_period yet, of every active practitioner or of p_user_ids; returns how many, 0 when all have it. Call it until then, each time in a transaction of its own. For service_role and the owner.';

comment on function peer_exchange.cancel_sessions_of_departing_person(uuid, boolean) is
  'Called by the trigger on users: cancels and refunds upcoming peer sessions; closes the account of a deleted person.';

comment on function peer_exchange.max_delivery_attempts() is
  'The setting peer_exchange.max_delivery_attempts.';

comment on function peer_exchange.is_delivery_on() is
  'Whether the setting peer_exchange.delivery has notifications delivered.';

comment on function peer_exchange.host_owner() is
  'The owner of the sessions, as whom the library acts; before there are any, of the host tables that exist.';

create function peer_exchange.close_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  closed_to text;
  step      peer_exchange.setup_step;
begin
  -- By name as well, whatever the default privileges of the database gave away.
  for closed_to in
    select 'public' union all select quote_ident(rolname) from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke all on all tables in schema peer_exchange from %1$s;
                    revoke all on all sequences in schema peer_exchange from %1$s', closed_to);
  end loop;
  for step in select * from peer_exchange.setup_function_privileges() loop
    execute step.statement;
  end loop;
end $$;

select peer_exchange.close_functions();

drop function peer_exchange.close_functions();

create function peer_exchange.adopt_existing_tables() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step      peer_exchange.setup_step;
  plan      peer_exchange.setup_step[];
  conflicts integer := 0;
begin
  -- Postgres silences notices while it runs an extension's script; these are meant to be read.
  perform set_config('client_min_messages', 'notice', true);
  if peer_exchange.host_table('client_sessions') is null then
    raise notice 'peer_exchange: run SELECT * FROM peer_exchange.setup() to create its tables';
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  if not peer_exchange.has_all_host_tables() then
    raise notice 'peer_exchange: tables are missing; SELECT * FROM peer_exchange.setup() creates them and puts on the guards';
    return;
  end if;
  -- What the library runs as this role has to be granted to it first, and a dump would lose that, too.
  if not exists (select from pg_roles
                  where oid = peer_exchange.host_owner()
                    and (rolsuper or rolname = current_user)) then
    raise notice 'peer_exchange: run SELECT * FROM peer_exchange.setup() to adopt the existing tables; setup(true) lists first what it does';
    return;
  end if;
  plan := array(
    select planned from peer_exchange.setup_steps() as planned
     where planned.object not like 'privileges %');
  foreach step in array plan loop
    if step.statement is not null then
      execute step.statement;
    end if;
    if step.action = 'conflict' then
      raise notice 'peer_exchange: % - %', step.object, step.detail;
      conflicts := conflicts + 1;
    end if;
  end loop;
  raise notice 'peer_exchange: adopted the existing tables, conflicts: %; run SELECT * FROM peer_exchange.setup() for their privileges', conflicts;
end $$;

select peer_exchange.adopt_existing_tables();

drop function peer_exchange.adopt_existing_tables();
