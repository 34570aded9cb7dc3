-- From 0.1.0 to 0.2.0. Written by `cargo xtask test upgrade-script --bless` from sql/upgrade/0.1.0--0.2.0.sql and
-- from what is new in the install script; the next time it writes over what is changed here.

-- What does not follow from the two install scripts: tables and types that change, and whatever hangs on a function that goes.

-- The triggers on users follow.
alter function peer_exchange.release_leaver() rename to release_departing_person;

-- Nobody but the owner reaches these tables without a privilege, and row-level security keeps the database's owner from
-- dumping them.
alter table peer_exchange.session_moves disable row level security;
alter table peer_exchange.refusals disable row level security;

-- instead of: create table peer_exchange.session_moves
alter table peer_exchange.session_moves
  add column previous_starts_at timestamptz,
  add column previous_timezone  text,
  add column starts_at          timestamptz,
  add column timezone           text;

-- Until setup() has run, the triggers of the former version call today's functions, which know this column.
do $$
begin
  if exists (select from pg_catalog.pg_trigger
              where tgrelid operator(pg_catalog.=) pg_catalog.to_regclass('public.client_sessions')
                and tgname operator(pg_catalog.=) 'peer_exchange_2_keep_time')
  then
    alter table public.client_sessions add column if not exists occupied_timezone text;
    comment on column public.client_sessions.occupied_timezone is
      'The zone of the practitioner''s wall clock when the session was promised; derived, never written by hand.';
  end if;
end $$;

-- What these return has another column. The views keep their comments and privileges; what they show follows.
create or replace view peer_exchange.credits_in_circulation with (security_invoker = true) as
select null::bigint as in_circulation, null::bigint as balance, null::bigint as holders, null::bigint as owed,
       null::bigint as debtors;
create or replace view peer_exchange.credits_by_day with (security_invoker = true) as
select null::pg_catalog.date as day, null::bigint as granted, null::bigint as adjusted, null::bigint as paid,
       null::bigint as refunded, null::bigint as in_circulation, null::bigint as owed;
drop function peer_exchange.circulation_figures();
drop function peer_exchange.credit_figures(date, date, text);

-- This returns more columns.
drop function peer_exchange.claim_notifications(integer, interval);

drop function if exists peer_exchange.adopt_existing_tables();

drop function if exists peer_exchange.cancel_sessions_of_leaver(p_user_id uuid, p_is_deleted bool);

drop function if exists peer_exchange.delivery_obstacle(p_recipient_id uuid, p_type text, p_attempts integer, p_last_error text);

drop function if exists peer_exchange.get_available_slots(p_practitioner_id uuid, p_from date, p_to date, p_duration_minutes int, p_step_minutes int, p_product_id uuid);

drop function if exists peer_exchange.get_credit_statement(p_from date, p_to date, p_limit int, p_before text);

drop function if exists peer_exchange.grant_functions(p_role_name name);

drop function if exists peer_exchange.has_all_host_tables();

drop function if exists peer_exchange.is_own_write();

drop function if exists peer_exchange.move_older_functions();

drop function if exists peer_exchange.occupied_during(p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text);

drop function if exists peer_exchange.refresh_occupancy();

drop function if exists peer_exchange.release_leaver();

drop function if exists peer_exchange.session_times();

drop function if exists peer_exchange.setup_figure_indexes();

drop function if exists peer_exchange.setup_function_grants();

drop function if exists peer_exchange.stale_sessions();

drop function if exists public.ack_notifications(p_ids uuid[]);

drop function if exists public.claim_notifications(p_batch integer, p_lease interval);

drop function if exists public.create_peer_booking(p_client_id uuid, p_practitioner_id uuid, p_session_date date, p_start_time time, p_duration_minutes integer, p_session_type text, p_notes text, p_product_id uuid, p_idempotency_key text);

drop function if exists public.fail_notification(p_id uuid, p_error text);

drop function if exists public.get_available_slots(p_practitioner_id uuid, p_from date, p_to date, p_duration_minutes integer, p_step_minutes integer, p_product_id uuid);

drop function if exists public.get_credit_statement(p_from date, p_to date, p_limit integer, p_before text);

drop function if exists public.get_my_peer_sessions(p_scope text, p_limit integer, p_before text);

drop function if exists public.get_practitioner_credit_cost(p_practitioner_id uuid, p_duration_minutes integer, p_product_id uuid);

drop function if exists public.mark_notifications_read(p_ids uuid[]);

drop function if exists public.process_peer_booking_credits(p_client_id uuid, p_practitioner_id uuid, p_session_id uuid, p_duration_minutes integer, p_product_id uuid);

drop function if exists public.process_peer_booking_refund(p_session_id uuid, p_cancellation_reason text);

drop function if exists public.quote_peer_booking(p_client_id uuid, p_practitioner_id uuid, p_session_date date, p_start_time time, p_duration_minutes integer, p_session_type text, p_notes text, p_product_id uuid, p_idempotency_key text);

drop function if exists public.reschedule_peer_booking(p_session_id uuid, p_session_date date, p_start_time time, p_idempotency_key text);

drop function if exists public.search_peer_practitioners(p_query text, p_role text, p_location text, p_specialization text, p_duration_minutes integer, p_limit integer, p_offset integer);

do $$
begin
  if pg_catalog.getdatabaseencoding() operator(pg_catalog.<>) 'UTF8' then
    raise feature_not_supported using
      message = pg_catalog.format('peer_exchange needs a database of encoding UTF8, and this one is of %s',
                                  pg_catalog.getdatabaseencoding()),
      hint    = 'An encoding can''t be changed: make a database with ENCODING ''UTF8'' TEMPLATE template0, and restore a dump of this one there.';
  end if;
end $$;

CREATE  FUNCTION "accept_peer_booking"(
	"p_session_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'accept_peer_booking_wrapper';

CREATE  FUNCTION "adjust_credits"(
	"p_user_id" uuid, /* Option < pgrx :: Uuid > */
	"p_amount" INT, /* Option < i32 > */
	"p_reason" TEXT, /* Option < & str > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'adjust_credits_wrapper';

CREATE  FUNCTION "allocate_credits"(
	"p_amount" INT, /* Option < i32 > */
	"p_reason" TEXT, /* Option < & str > */
	"p_period" TEXT, /* Option < & str > */
	"p_user_ids" uuid[] DEFAULT NULL /* :: std :: option :: Option < Vec < Option < pgrx :: Uuid > > > */
) RETURNS INT /* Result < i32, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'allocate_credits_wrapper';

CREATE  FUNCTION "are_known_to_be_free"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_starts_at" timestamp with time zone, /* Option < TimestampWithTimeZone > */
	"p_ends_at" timestamp with time zone /* Option < TimestampWithTimeZone > */
) RETURNS bool /* Result < bool, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'are_known_to_be_free_wrapper';

CREATE  FUNCTION "block_time"(
	"p_starts_at" timestamp with time zone, /* Option < TimestampWithTimeZone > */
	"p_ends_at" timestamp with time zone, /* Option < TimestampWithTimeZone > */
	"p_title" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'block_time_wrapper';

CREATE  FUNCTION "busy_function"() RETURNS TEXT /* Result < String, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'busy_function_wrapper';

CREATE  FUNCTION "calendar_feed"(
	"p_secret" TEXT /* Option < & str > */
) RETURNS TEXT /* Result < Option < String > , ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'calendar_feed_wrapper';

create or replace FUNCTION "cancel_orphaned_sessions"(
	"p_older_than" interval DEFAULT '15 minutes' /* Option < Interval > */
) RETURNS INT /* Result < i32, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'cancel_orphaned_sessions_wrapper';

CREATE  FUNCTION "cancel_session"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_on_behalf_of" TEXT, /* Option < & str > */
	"p_reason" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'cancel_session_wrapper';

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

CREATE  FUNCTION "charge_accepted_requests"(
	"p_session_ids" uuid[] /* :: std :: option :: Option < Vec < Option < pgrx :: Uuid > > > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'charge_accepted_requests_wrapper';

CREATE  FUNCTION "charge_session"(
	"p_session_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'charge_session_wrapper';

CREATE  FUNCTION "complete_peer_session"(
	"p_session_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'complete_peer_session_wrapper';

CREATE  FUNCTION "create_calendar_feed"() RETURNS json /* Result < Json, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'create_calendar_feed_wrapper';

create or replace FUNCTION "create_peer_booking"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_session_type" TEXT, /* Option < & str > */
	"p_notes" TEXT DEFAULT NULL, /* Option < & str > */
	"p_product_id" uuid DEFAULT NULL, /* Option < pgrx :: Uuid > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'create_peer_booking_wrapper';

CREATE  FUNCTION "credit_cost_under_way"() RETURNS INT /* Option < i32 > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'credit_cost_under_way_wrapper';

CREATE  FUNCTION "default_policy"() RETURNS TABLE (
	"full_refund_hours" INT,  /* i32 */
	"partial_refund_hours" INT,  /* i32 */
	"partial_refund_percent" double precision  /* f64 */
)
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'default_policy_wrapper';

create or replace FUNCTION "default_time_zone"() RETURNS TEXT /* Result < String, ErrorReport > */
STRICT STABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'default_time_zone_wrapper';

CREATE  FUNCTION "early_start_minutes"() RETURNS INT /* i32 */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'early_start_minutes_wrapper';

CREATE  FUNCTION "exclude_by_index"(
	"p_index" oid, /* Option < pg_sys :: Oid > */
	"p_name" TEXT, /* Option < & str > */
	"p_operators" oid[] /* :: std :: option :: Option < Vec < pg_sys :: Oid > > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'exclude_by_index_wrapper';

CREATE  FUNCTION "expire_requests"() RETURNS INT /* Result < i32, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'expire_requests_wrapper';

create or replace FUNCTION "fold"(
	"p_text" TEXT /* Option < & str > */
) RETURNS TEXT /* String */
IMMUTABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'fold_wrapper';

create or replace FUNCTION "get_available_slots"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_from" date, /* Option < pgrx :: datum :: Date > */
	"p_to" date, /* Option < pgrx :: datum :: Date > */
	"p_duration_minutes" INT DEFAULT 60, /* Option < i32 > */
	"p_step_minutes" INT DEFAULT 15, /* Option < i32 > */
	"p_product_id" uuid DEFAULT NULL, /* Option < pgrx :: Uuid > */
	"p_session_id" uuid DEFAULT NULL /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_available_slots_wrapper';

CREATE  FUNCTION "get_balance_history"(
	"p_from" date DEFAULT NULL, /* Option < pgrx :: datum :: Date > */
	"p_to" date DEFAULT NULL /* Option < pgrx :: datum :: Date > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_balance_history_wrapper';

create or replace FUNCTION "get_credit_statement"(
	"p_from" date DEFAULT NULL, /* Option < pgrx :: datum :: Date > */
	"p_to" date DEFAULT NULL, /* Option < pgrx :: datum :: Date > */
	"p_limit" INT DEFAULT 50, /* Option < i32 > */
	"p_before" TEXT DEFAULT NULL, /* Option < & str > */
	"p_kind" TEXT DEFAULT NULL, /* Option < & str > */
	"p_counterpart_id" uuid DEFAULT NULL /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_credit_statement_wrapper';

CREATE  FUNCTION "get_my_calendar_feed"() RETURNS json /* Result < Json, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_my_calendar_feed_wrapper';

create or replace FUNCTION "get_my_peer_sessions"(
	"p_scope" TEXT DEFAULT 'upcoming', /* Option < & str > */
	"p_limit" INT DEFAULT 20, /* Option < i32 > */
	"p_before" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_my_peer_sessions_wrapper';

CREATE  FUNCTION "get_my_practice"() RETURNS json /* Result < Json, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_my_practice_wrapper';

CREATE  FUNCTION "get_peer_session"(
	"p_session_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_peer_session_wrapper';

create or replace FUNCTION "get_practitioner_credit_cost"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_product_id" uuid DEFAULT NULL /* Option < pgrx :: Uuid > */
) RETURNS INT /* Result < i32, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_practitioner_credit_cost_wrapper';

CREATE  FUNCTION "get_session_calendar"(
	"p_session_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'get_session_calendar_wrapper';

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
STABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'is_time_zone_wrapper';

CREATE  FUNCTION "lock_written_parties"(
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_client_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS bool /* Result < bool, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'lock_written_parties_wrapper';

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

CREATE  FUNCTION "may_act_for"(
	"p_user_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS bool /* Result < bool, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'may_act_for_wrapper';

CREATE  FUNCTION "opt_in_column"() RETURNS TEXT /* Result < String, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'opt_in_column_wrapper';

CREATE  FUNCTION "payment_status_under_way"() RETURNS TEXT /* Option < & '_ str > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'payment_status_under_way_wrapper';

create or replace FUNCTION "practitioner_roles"() RETURNS TEXT[] /* Result < Vec < String > , ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'practitioner_roles_wrapper';

create or replace FUNCTION "process_peer_booking_credits"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_product_id" uuid DEFAULT NULL /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'process_peer_booking_credits_wrapper';

create or replace FUNCTION "process_peer_booking_refund"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_cancellation_reason" TEXT DEFAULT 'Session cancelled' /* Option < & str > */
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
	"p_notes" TEXT DEFAULT NULL, /* Option < & str > */
	"p_product_id" uuid DEFAULT NULL, /* Option < pgrx :: Uuid > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'quote_peer_booking_wrapper';

CREATE  FUNCTION "rate_peer_session"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_stars" INT, /* Option < i32 > */
	"p_comment" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'rate_peer_session_wrapper';

CREATE  FUNCTION "readable_columns"(
	"p_row" TEXT, /* Option < & str > */
	"p_column_names" TEXT[] /* :: std :: option :: Option < Vec < Option < String > > > */
) RETURNS jsonb /* Option < JsonB > */
IMMUTABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'readable_columns_wrapper';

CREATE  FUNCTION "readable_json"(
	"p_json" TEXT /* Option < & str > */
) RETURNS jsonb /* Option < JsonB > */
IMMUTABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'readable_json_wrapper';

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

CREATE  FUNCTION "report_peer_no_show"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_reason" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'report_peer_no_show_wrapper';

CREATE  FUNCTION "request_peer_booking"(
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_duration_minutes" INT, /* Option < i32 > */
	"p_session_type" TEXT, /* Option < & str > */
	"p_notes" TEXT DEFAULT NULL, /* Option < & str > */
	"p_product_id" uuid DEFAULT NULL, /* Option < pgrx :: Uuid > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'request_peer_booking_wrapper';

create or replace FUNCTION "require_may_act_for"(
	"p_user_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'require_may_act_for_wrapper';

CREATE  FUNCTION "require_nobody_unseen"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_practitioner_id" uuid, /* Option < pgrx :: Uuid > */
	"p_client_id" uuid, /* Option < pgrx :: Uuid > */
	"p_is_peer_booking" bool, /* bool */
	"p_due" tstzrange /* Range < TimestampWithTimeZone > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'require_nobody_unseen_wrapper';

create or replace FUNCTION "reschedule_peer_booking"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_session_date" date, /* Option < pgrx :: datum :: Date > */
	"p_start_time" time, /* Option < TimeOfDay > */
	"p_idempotency_key" TEXT DEFAULT NULL /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'reschedule_peer_booking_wrapper';

CREATE  FUNCTION "resolve_dispute"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_client_percent" NUMERIC, /* Option < AnyNumeric > */
	"p_reason" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'resolve_dispute_wrapper';

CREATE  FUNCTION "revoke_calendar_feed"() RETURNS json /* Result < Json, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'revoke_calendar_feed_wrapper';

CREATE  FUNCTION "save_product"(
	"p_product_id" uuid, /* Option < pgrx :: Uuid > */
	"p_name" TEXT, /* Option < & str > */
	"p_duration_minutes" INT DEFAULT NULL, /* Option < i32 > */
	"p_credit_cost" INT DEFAULT NULL, /* Option < i32 > */
	"p_is_active" bool DEFAULT true /* Option < bool > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'save_product_wrapper';

create or replace FUNCTION "search_peer_practitioners"(
	"p_query" TEXT DEFAULT NULL, /* Option < & str > */
	"p_role" TEXT DEFAULT NULL, /* Option < & str > */
	"p_location" TEXT DEFAULT NULL, /* Option < & str > */
	"p_specialization" TEXT DEFAULT NULL, /* Option < & str > */
	"p_duration_minutes" INT DEFAULT 60, /* Option < i32 > */
	"p_limit" INT DEFAULT 20, /* Option < i32 > */
	"p_offset" INT DEFAULT 0 /* Option < i32 > */
) RETURNS json /* Result < Json, ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'search_peer_practitioners_wrapper';

create or replace FUNCTION "send_due_reminders"() RETURNS INT /* Result < i32, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'send_due_reminders_wrapper';

CREATE  FUNCTION "session_calendar"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_recipient_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS TEXT /* Result < Option < String > , ErrorReport > */
STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'session_calendar_wrapper';

CREATE  FUNCTION "set_cancellation_policy"(
	"p_full_refund_hours" INT, /* Option < i32 > */
	"p_partial_refund_hours" INT, /* Option < i32 > */
	"p_partial_refund_percent" NUMERIC /* Option < AnyNumeric > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'set_cancellation_policy_wrapper';

CREATE  FUNCTION "set_practice_profile"(
	"p_location" TEXT DEFAULT NULL, /* Option < & str > */
	"p_visit_address" TEXT DEFAULT NULL, /* Option < & str > */
	"p_specializations" TEXT[] DEFAULT NULL /* :: std :: option :: Option < Vec < Option < String > > > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'set_practice_profile_wrapper';

CREATE  FUNCTION "set_working_hours"(
	"p_working_hours" jsonb, /* Option < JsonbText > */
	"p_timezone" TEXT /* Option < & str > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'set_working_hours_wrapper';

CREATE  FUNCTION "settle_changed_sessions"(
	"p_changes" jsonb /* Option < pgrx :: JsonB > */
) RETURNS VOID /* Result < (), ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'settle_changed_sessions_wrapper';

CREATE  FUNCTION "settle_due_sessions"() RETURNS INT /* Result < i32, ErrorReport > */
STRICT VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'settle_due_sessions_wrapper';

CREATE  FUNCTION "settlement_terms"(
	"p_session_id" uuid, /* Option < pgrx :: Uuid > */
	"p_status" TEXT /* Option < & str > */
) RETURNS TABLE (
	"is_settled" bool,  /* bool */
	"payment_status" TEXT,  /* Option < String > */
	"is_reported" bool,  /* bool */
	"reported_by" uuid  /* Option < pgrx :: Uuid > */
)
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'settlement_terms_wrapper';

CREATE  FUNCTION "settles_on_completion"() RETURNS bool /* Result < bool, ErrorReport > */
STRICT STABLE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'settles_on_completion_wrapper';

CREATE  FUNCTION "time_zone_to_promise"(
	"p_practitioner_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS TEXT /* Result < Option < String > , ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'time_zone_to_promise_wrapper';

CREATE  FUNCTION "unblock_time"(
	"p_event_id" uuid /* Option < pgrx :: Uuid > */
) RETURNS json /* Result < Json, ErrorReport > */
VOLATILE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'unblock_time_wrapper';

CREATE  FUNCTION "unreadable_hours"(
	"p_working_hours" TEXT /* Option < & str > */
) RETURNS TEXT /* Option < String > */
IMMUTABLE PARALLEL SAFE
LANGUAGE c /* Rust */
AS 'peer_exchange-0.2.0', 'unreadable_hours_wrapper';

create function peer_exchange.functions()
returns table (name text, arguments text, caller text, is_in_public boolean, purpose text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('create_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Books a session and pays for it; a signed-in person as `p_client_id` only'),
    ('request_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Asks for a session and holds slot and credits until its practitioner answers; a signed-in person as `p_client_id` only'),
    ('accept_peer_booking', 'uuid', 'person', true,
     'Makes a request a booking; a signed-in person as its practitioner only'),
    ('process_peer_booking_credits', 'uuid, uuid, uuid, integer, uuid', 'person', true,
     'Charges a session that its client has inserted; a signed-in person as `p_client_id` only'),
    ('process_peer_booking_refund', 'uuid, text', 'person', true,
     'Cancels a session, or declines or withdraws a request, and gives back what is due; a signed-in person as either party'),
    ('reschedule_peer_booking', 'uuid, date, time, text', 'person', true,
     'Moves a session that is paid for; a signed-in person as either party'),
    ('complete_peer_session', 'uuid', 'person', true,
     'Says that a session took place, and pays what is held for it; a signed-in person as its practitioner'),
    ('report_peer_no_show', 'uuid, text', 'person', true,
     'Says that the other one did not come; a signed-in person as either party'),
    ('rate_peer_session', 'uuid, integer, text', 'person', true,
     'Says how a session was that took place; a signed-in person as its client'),
    ('quote_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Says what `create_peer_booking` would reply; a signed-in person as `p_client_id` only'),
    ('get_practitioner_credit_cost', 'uuid, integer, uuid', 'person', true,
     'Says what a session costs'),
    ('get_available_slots', 'uuid, date, date, integer, integer, uuid, uuid', 'person', true,
     'Lists the starts that can be booked: by the signed-in person, or, for the service, on the practitioner''s side alone; or, of a session, those that it can be moved to, for its parties and the service'),
    ('search_peer_practitioners', 'text, text, text, text, integer, integer, integer', 'person', true,
     'Finds practitioners, but not the signed-in person herself'),
    ('get_credit_statement', 'date, date, integer, text, text, uuid', 'person', true,
     'Says what a signed-in person has and how it came to be; 42501 for the service'),
    ('get_balance_history', 'date, date', 'person', true,
     'Says what a signed-in person had at the end of each day; 42501 for the service'),
    ('get_my_peer_sessions', 'text, integer, text', 'person', true,
     'Lists the sessions of a signed-in person; 42501 for the service'),
    ('get_peer_session', 'uuid', 'person', true,
     'Says a session of a signed-in person and what happened to it; 42501 for the service'),
    ('mark_notifications_read', 'uuid[]', 'person', true,
     'Marks notifications of a signed-in person as read; 42501 for the service'),
    ('get_session_calendar', 'uuid', 'person', true,
     'Says a session of a signed-in person as calendars read it; 42501 for the service'),
    ('session_calendar', 'uuid, uuid', 'service', false,
     'The same for either party, to be sent to her'),
    ('get_my_practice', '', 'person', true,
     'Says what a signed-in practitioner offers, when and on which terms; 42501 for the service'),
    ('set_working_hours', 'jsonb, text', 'person', true,
     'Publishes the hours of a signed-in practitioner, and her time zone; 42501 for the service'),
    ('block_time', 'timestamptz, timestamptz, text', 'person', true,
     'Keeps sessions away from a signed-in practitioner for a time; 42501 for the service'),
    ('unblock_time', 'uuid', 'person', true,
     'Takes such a time back; 42501 for the service'),
    ('set_cancellation_policy', 'integer, integer, numeric', 'person', true,
     'Sets what goes back to clients who cancel with a signed-in practitioner; 42501 for the service'),
    ('save_product', 'uuid, text, integer, integer, boolean', 'person', true,
     'Adds or changes what a signed-in practitioner offers; 42501 for the service'),
    ('set_practice_profile', 'text, text, text[]', 'person', true,
     'Changes what a signed-in practitioner is found by, and where she gives sessions; 42501 for the service'),
    ('create_calendar_feed', '', 'person', true,
     'Makes the address at which the calendar of a signed-in person reads her sessions; 42501 for the service'),
    ('get_my_calendar_feed', '', 'person', true,
     'Says whether a signed-in person has one; 42501 for the service'),
    ('revoke_calendar_feed', '', 'person', true,
     'Ends it; 42501 for the service'),
    ('get_calendar_feed', 'text', 'person', true,
     'Says the sessions of whoever has made the address; anybody who knows it, once `open_calendar_feeds` was called'),
    ('calendar_feed', 'text', 'person', false,
     'The same, and NULL where there is no such address'),
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
    ('adjust_credits', 'uuid, integer, text, text', 'service', false,
     'Corrects what a person has, by hand'),
    ('charge_session', 'uuid', 'service', false,
     'Charges a session that was inserted, once, also when it is over'),
    ('cancel_session', 'uuid, text, text', 'service', false,
     'Cancels a session for its client, its practitioner or the application, and gives back what is due'),
    ('allocate_credits', 'integer, text, text, uuid[]', 'service', false,
     'Grants credits to everybody, once a period'),
    ('cancel_orphaned_sessions', 'interval', 'service', false,
     'Cancels sessions that were never charged'),
    ('settle_due_sessions', '', 'service', false,
     'Settles sessions and reports of no-shows whose time is up'),
    ('resolve_dispute', 'uuid, numeric, text', 'service', false,
     'Decides who gets the credits of a disputed session'),
    ('expire_requests', '', 'service', false,
     'Tidies up after requests that nobody answered in time, and tells both'),
    ('send_due_reminders', '', 'service', false,
     'Reminds people of their sessions, and practitioners to answer'),
    ('send_all_due_reminders', '', 'service', false,
     'The same until nobody is left, in many transactions; a procedure'),
    ('schedule_jobs', '', 'service', false,
     'Has pg_cron run what recurs'),
    ('unschedule_jobs', '', 'service', false,
     'Takes back what `schedule_jobs` has scheduled'),
    ('verify_ledger', '', 'reader', false,
     'Names every discrepancy between balances, ledger and sessions'),
    ('verify_ledger', 'uuid, timestamptz, timestamptz', 'reader', false,
     'The same for one person, or for whom entries of a period concern'),
    ('verify_people', '', 'service', false,
     'Names what people have written that can''t be used: hours, time zones, policies, specializations'),
    ('purge_refusals', '', 'service', false,
     'Deletes refused calls that are kept no longer'),
    ('booking_figures', 'date, date, text', 'reader', false,
     'Counts bookings and refusals by day'),
    ('refusal_figures', 'date, date, text', 'reader', false,
     'Counts refusals by day, function and code'),
    ('cancellation_figures', 'date, date, text', 'reader', false,
     'Counts cancellations by who cancelled and how early'),
    ('request_figures', 'date, date, text', 'reader', false,
     'Counts requests by day, what became of them and how long answers took'),
    ('no_show_figures', 'date, date, text', 'reader', false,
     'Counts missed and disputed sessions by day'),
    ('circulation_figures', '', 'reader', false,
     'Says how many credits there are now'),
    ('credit_figures', 'date, date, text', 'reader', false,
     'Says how credits moved by day'),
    ('velocity_figures', 'date, date, text', 'reader', false,
     'Says how often a credit changed hands'),
    ('person_figures', 'date, date, text', 'reader', false,
     'Says what each person earned and spent'),
    ('inactivity_figures', 'integer, text', 'reader', false,
     'Lists practitioners who take no part'),
    ('notification_figures', 'date, date, text', 'reader', false,
     'Counts notifications and their delivery'),
    ('figure_period', 'date, date, text', 'service', false,
     'Says which days figures are about'),
    ('refusals_kept_from', '', 'service', false,
     'Says since when refused calls are known'),
    ('figure_time_zone', 'text', 'service', false,
     'Says in which time zone figures are made'),
    ('day_begins_at', 'date, text', 'service', false,
     'Says when a day begins in a time zone'),
    ('is_time_zone', 'text', 'service', false,
     'Whether Postgres lists a time zone of this name'),
    ('time_zone_or_default', 'text', 'service', false,
     'A time zone, or that of the setting where it is none'),
    ('default_time_zone', '', 'service', false,
     'The setting `peer_exchange.timezone`'),
    ('practitioner_roles', '', 'service', false,
     'The setting `peer_exchange.practitioner_roles`, as a list'),
    ('refusal_retention_days', '', 'service', false,
     'The setting `peer_exchange.refusal_retention_days`'),
    ('accept_findings', 'text, text', 'administrator', false,
     'Has `verify_ledger` leave out what it finds now in the history of the ledger'),
    ('open_calendar_feeds', '', 'administrator', false,
     'Lets calendars read feeds, which do not sign in'),
    ('close_calendar_feeds', '', 'administrator', false,
     'Takes that back'),
    ('setup', 'boolean', 'administrator', false,
     'Makes or adopts the tables; for the owner of the extension'),
    ('adoption_script', '', 'administrator', false,
     'The same in steps that keep a large application working meanwhile, as statements for psql')
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

create function peer_exchange.is_planned_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed')
$$;

comment on function peer_exchange.is_planned_status(text) is
  'Whether a session of this status is going to take place.';

create function peer_exchange.is_pending_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_pending_status(text) is
  'Whether a session of this status waits for something before it is going to take place.';

create function peer_exchange.is_over_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('completed', 'no_show', 'disputed')
$$;

comment on function peer_exchange.is_over_status(text) is
  'Whether a session of this status has had its time.';

create function peer_exchange.is_open_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_open_status(text) is
  'Whether a session of this status is neither over nor given up.';

create function peer_exchange.is_active_status(p_status text, p_expires_at timestamptz) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment')
      or (p_status = 'pending_approval' and p_expires_at is not null)
$$;

comment on function peer_exchange.is_active_status(text, timestamptz) is
  'Whether a session of this status takes its time of both parties; what waits for approval does so where it says until when.';

create function peer_exchange.is_agreed_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'completed', 'no_show', 'disputed')
$$;

comment on function peer_exchange.is_agreed_status(text) is
  'Whether a session of this status takes place, took place or should have.';

create function peer_exchange.is_final_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('completed', 'no_show', 'disputed', 'cancelled', 'declined', 'expired')
$$;

comment on function peer_exchange.is_final_status(text) is
  'Whether a session of this status is over or given up.';

create function peer_exchange.is_given_up_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('cancelled', 'declined', 'expired')
$$;

comment on function peer_exchange.is_given_up_status(text) is
  'Whether a session of this status is not going to take place, so that what was paid for it goes back.';

create function peer_exchange.is_expired_hold(p_status text, p_expires_at timestamptz) returns boolean
language sql stable parallel safe
as $$
  select peer_exchange.is_pending_status(p_status) and coalesce(p_expires_at <= now(), false)
$$;

comment on function peer_exchange.is_expired_hold(text, timestamptz) is
  'Whether a session has waited for its payment or its approval for too long to keep its slot.';

create function peer_exchange.awaits_decision(p_status text, p_reported_at timestamptz, p_settled_at timestamptz)
returns boolean
language sql immutable parallel safe
as $$
  select p_settled_at is null and (p_status = 'disputed' or (p_status = 'no_show' and p_reported_at is not null))
$$;

comment on function peer_exchange.awaits_decision(text, timestamptz, timestamptz) is
  'Whether somebody is yet to decide who gets the credits of a session: its client has reported a no-show, or it is disputed.';

create function peer_exchange.is_expired_request(p_status text, p_requested_at timestamptz, p_expires_at timestamptz)
returns boolean
language sql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select p_requested_at is not null
     and (p_status = 'expired' or p_status = 'pending_approval' and coalesce(p_expires_at <= now(), false))
$$;

comment on function peer_exchange.is_expired_request(text, timestamptz, timestamptz) is
  'Whether a session was asked for and its practitioner did not answer in time.';

create function peer_exchange.may_hold_credits(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('pending_approval', 'scheduled', 'confirmed', 'in_progress', 'no_show', 'disputed', 'expired')
$$;

comment on function peer_exchange.may_hold_credits(text) is
  'Whether credits may be held for a session of this status: it is a request, or is not settled yet.';

create function peer_exchange.is_debit(p_transaction_type text) returns boolean
language sql immutable
as $$
  select p_transaction_type in ('session_payment', 'session_earning_reversal')
$$;

comment on function peer_exchange.is_debit(text) is
  'Whether an entry of this type takes its amount away.';

create function peer_exchange.is_hold(p_transaction_type text) returns boolean
language sql immutable
as $$
  select p_transaction_type in ('session_hold', 'session_hold_release')
$$;

comment on function peer_exchange.is_hold(text) is
  'Whether an entry of this type keeps credits for a session or sets them free again: they are the person''s own throughout.';

create function peer_exchange.entry_kind(p_transaction_type text) returns text
language sql immutable
as $$
  select case
           when p_transaction_type = 'session_earning' then 'earned'
           when p_transaction_type = 'session_payment' then 'spent'
           when peer_exchange.is_hold(p_transaction_type) then 'held'
           when p_transaction_type in ('refund', 'session_earning_reversal') then 'refunded'
           when p_transaction_type = 'bonus' then 'granted'
           else 'adjusted'
         end
$$;

comment on function peer_exchange.entry_kind(text) is
  'What an entry of this type is in a statement: each is exactly one of earned, spent, held, refunded, granted and adjusted.';

create function peer_exchange.countable(p_credits bigint) returns bigint
language sql immutable
as $$
  select case when p_credits is not null then least(greatest(p_credits, -9007199254740991), 9007199254740991) end
$$;

comment on function peer_exchange.countable(bigint) is
  'Credits of which many can be added up, whatever an application has stored in a bigint: at most 2^53 - 1 either way, which is what JSON clients read exactly.';

create function peer_exchange.as_told(p_credits bigint, p_largest bigint) returns bigint
language sql immutable
as $$
  select least(greatest(p_credits, -p_largest - 1), p_largest)
$$;

comment on function peer_exchange.as_told(bigint, bigint) is
  'Credits as far as a column of the ledger can tell them whose largest number this is: an application may keep balances in larger ones.';

create function peer_exchange.worth(p_balance bigint, p_held bigint, p_owed bigint) returns bigint
language sql immutable
as $$
  select peer_exchange.countable(p_balance) + coalesce(peer_exchange.countable(p_held), 0)
         - coalesce(peer_exchange.countable(p_owed), 0)
$$;

comment on function peer_exchange.worth(bigint, bigint, bigint) is
  'What a person has in credits, spendable or held, less what is owed: grants and adjustments alone change the sum of everybody''s.';

create function peer_exchange.whole_credits(p_credits bigint) returns integer
language sql immutable
as $$
  select least(greatest(coalesce(p_credits, 0), -2147483648), 2147483647)::integer
$$;

comment on function peer_exchange.whole_credits(bigint) is
  'Credits as they are told, whatever an application has stored: 0 for none. What is decided on is never drawn to a bound.';

create function peer_exchange.held_change(p_held_before bigint, p_held_after bigint) returns bigint
language sql immutable
as $$
  select coalesce(peer_exchange.countable(p_held_after), 0) - coalesce(peer_exchange.countable(p_held_before), 0)
$$;

comment on function peer_exchange.held_change(bigint, bigint) is
  'By how much an entry changed what is held: what stood after it less what stood before; 0 where an older generation wrote neither.';

create function peer_exchange.credits_moved(
  p_transaction_type text, p_amount bigint, p_before bigint, p_after bigint)
returns bigint
language sql immutable
as $$
  select coalesce(p_after - p_before,
                  case
                    when peer_exchange.is_hold(p_transaction_type) then 0
                    when peer_exchange.is_debit(p_transaction_type) then -abs(peer_exchange.countable(p_amount))
                    else peer_exchange.countable(p_amount)
                  end)
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
  select coalesce(left(peer_exchange.full_name(p_first_name, p_last_name), 200), 'a colleague')
$$;

comment on function peer_exchange.display_name(text, text) is
  'What others are told a person is called: her name, else a word that tells nothing of her; never her address.';

create function peer_exchange.has_opted_in(p_person json) returns boolean
language sql stable
as $$
  select case when peer_exchange.opt_in_column() = '' then true
              else coalesce(lower(peer_exchange.readable_columns(p_person::text, array[peer_exchange.opt_in_column()])
                                  ->> peer_exchange.opt_in_column()) = 'true', false) end
$$;

comment on function peer_exchange.has_opted_in(json) is
  'Whether a row of users takes part: true in the column of the setting opt_in_column, or no such setting.';

create function peer_exchange.language_of(p_person json) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select replace(split_part(split_part(kept.value, '.', 1), '@', 1), '_', '-')
    from unnest(array['language', 'preferred_language', 'locale']) with ordinality as looked_at (name, position)
   cross join lateral (
         select peer_exchange.readable_columns(p_person::text, array[looked_at.name]) ->> looked_at.name as value) as kept
   where kept.value ~ '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,5}([.@][A-Za-z0-9.@_-]{1,40})?$'
   order by looked_at.position
   limit 1
$$;

comment on function peer_exchange.language_of(json) is
  'The language that a row of users says of a person, such as de or pt-BR; NULL where it says none.';

select pg_catalog.set_config('check_function_bodies', 'off', true);

create function peer_exchange.charges_of(p_session_id uuid)
returns table (charged_at timestamptz, earned_at timestamptz, credit_cost integer, is_held boolean,
               client_balance_before bigint, client_balance_after bigint,
               practitioner_balance_before bigint, practitioner_balance_after bigint)
language sql stable
as $$
  select charge.created_at::timestamptz,
         earning.created_at::timestamptz,
         peer_exchange.whole_credits(abs(peer_exchange.countable(charge.amount::bigint))),
         kind.is_held,
         peer_exchange.countable(charge.balance_before::bigint)
           + case when kind.is_held then 0
                  else greatest(-peer_exchange.held_change(charge.held_before::bigint, charge.held_after::bigint), 0) end,
         peer_exchange.countable(charge.balance_after::bigint),
         case when kind.is_held then peer_exchange.countable(coalesce(latest.balance, 0)::bigint)
              else peer_exchange.countable(earning.balance_before::bigint) end,
         case when kind.is_held then peer_exchange.countable(coalesce(latest.balance, 0)::bigint)
              else peer_exchange.countable(earning.balance_after::bigint) end
    from public.credit_transactions as charge
   cross join lateral (select charge.transaction_type = 'session_hold') as kind (is_held)
    left join public.credit_transactions as earning
         on earning.session_id = charge.session_id
        and earning.transaction_type = 'session_earning'
        and not kind.is_held
    left join lateral (
         select entry.balance_after
           from public.client_sessions as session
           join public.credit_transactions as entry on entry.user_id = session.therapist_id
          where session.id = charge.session_id
            and entry.created_at <= charge.created_at
          order by entry.created_at desc
          limit 1) as latest (balance) on kind.is_held
   where charge.session_id = p_session_id
     and charge.transaction_type in ('session_payment', 'session_hold')
$$;

comment on function peer_exchange.charges_of(uuid) is
  'Every charge of a session, held or paid, and how it moved both balances.';

create function peer_exchange.held_for_session(p_session_id uuid, p_client_id uuid) returns table (credits integer)
language sql stable
as $$
  select peer_exchange.whole_credits(
           case when ledger.held > 0
                then least(ledger.held, 2147483647, coalesce((select max(account.held) from public.credits as account
                                                                where account.user_id = p_client_id), 0)) end::bigint)
    from (select sum(peer_exchange.held_change(entry.held_before::bigint, entry.held_after::bigint))
                   filter (where entry.user_id = p_client_id) as held
            from public.credit_transactions as entry
           where entry.session_id = p_session_id) as ledger
$$;

comment on function peer_exchange.held_for_session(uuid, uuid) is
  'What is held of a client''s credits for a session: what the ledger says, and no more than her account holds.';

create function peer_exchange.was_charged(p_session_id uuid) returns boolean
language sql stable
as $$
  select exists (select from public.credit_transactions as charge
                  where charge.session_id = p_session_id
                    and charge.transaction_type in ('session_payment', 'session_hold'))
$$;

comment on function peer_exchange.was_charged(uuid) is
  'Whether credits were ever paid or held for a session.';

select pg_catalog.set_config('check_function_bodies', 'on', true);

select pg_catalog.set_config('check_function_bodies', 'off', true);

create function peer_exchange.policy_of(p_practitioner_id uuid)
returns table (full_refund_hours bigint, partial_refund_hours bigint, no_refund_hours bigint, partial_refund bigint)
language sql stable
as $$
  select coalesce(own.full_refund_hours, usual.full_refund_hours)::bigint,
         coalesce(own.partial_refund_hours, usual.partial_refund_hours)::bigint,
         coalesce(own.no_refund_hours, usual.partial_refund_hours)::bigint,
         round(least(greatest(coalesce(own.partial_refund_percent, usual.partial_refund_percent::numeric), 0), 100) * 100)::bigint
    from peer_exchange.default_policy() as usual
    left join lateral (
         select coalesce(policy.full_refund_hours, 24)                    as full_refund_hours,
                coalesce(policy.partial_refund_hours, 12)                 as partial_refund_hours,
                -- Who says no more than until when a part goes back, gives nothing back after that.
                coalesce(policy.no_refund_hours, policy.partial_refund_hours, 12) as no_refund_hours,
                coalesce(nullif(policy.partial_refund_percent::numeric, 'NaN'), 50) as partial_refund_percent
           from public.cancellation_policies as policy
          where policy.practitioner_id = p_practitioner_id
            and policy.is_active
          limit 1) as own on true
$$;

comment on function peer_exchange.policy_of(uuid) is
  'The cancellation policy that is in force for the clients of a practitioner: her active one, else that of the settings. The part that goes back is in hundredths of a percent.';

select pg_catalog.set_config('check_function_bodies', 'on', true);

select pg_catalog.set_config('check_function_bodies', 'off', true);

create or replace function peer_exchange.time_zone_or_default(p_timezone text) returns text
language sql stable parallel safe
as $$
  select case when peer_exchange.is_time_zone(btrim(p_timezone)) then btrim(p_timezone)
              else peer_exchange.default_time_zone() end
$$;

comment on function peer_exchange.time_zone_or_default(text) is
  'A time zone, or, where Postgres lists none of that name, the setting peer_exchange.timezone.';

create function peer_exchange.hours_of(p_person_id uuid)
returns table (timezone text, working_hours text)
language sql stable
as $$
  select peer_exchange.time_zone_or_default(published.timezone::text), published.working_hours::text
    from (select) as always
    left join public.practitioner_availability as published on published.user_id = p_person_id
   limit 1
$$;

comment on function peer_exchange.hours_of(uuid) is
  'The time zone of a person''s wall clock and her published hours, NULL where she has published none; one row for everybody.';

create function peer_exchange.published_time_zone_of(p_person_id uuid) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select btrim(published.timezone::text)
    from public.practitioner_availability as published
   where published.user_id = p_person_id
     and peer_exchange.is_time_zone(btrim(published.timezone::text))
   limit 1
$$;

comment on function peer_exchange.published_time_zone_of(uuid) is
  'The time zone that a person has published; NULL where she has published none, or none that Postgres lists.';

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

create function peer_exchange.engagements_of(
  p_person_id uuid, p_during tstzrange, p_is_peer_booking boolean, p_practitioner_id uuid)
returns table (session_id uuid, practitioner_id uuid, client_id uuid, starts_at timestamptz, ends_at timestamptz,
               is_expired_hold boolean)
language sql stable
as $$
  select given.id, given.therapist_id, given.client_id, lower(given.occupied_during), upper(given.occupied_during),
         peer_exchange.is_expired_hold(given.status::text, given.expires_at)
    from public.client_sessions as given
   where given.therapist_id = p_person_id
     and given.occupied_during && p_during
     and (p_is_peer_booking or given.is_peer_booking or given.therapist_id = p_practitioner_id)
  union all
  select received.id, received.therapist_id, received.client_id,
         lower(received.occupied_during), upper(received.occupied_during),
         peer_exchange.is_expired_hold(received.status::text, received.expires_at)
    from public.client_sessions as received
   where received.client_id = p_person_id
     and received.session_date >= (lower(p_during) at time zone 'UTC')::date - 8
     and received.session_date <= (upper(p_during) at time zone 'UTC')::date + 1
     -- Overlaps, but not by the index of those that are given: of an empty table one is as good as the other.
     and not isempty(received.occupied_during * p_during)
     and received.therapist_id is distinct from p_person_id
     and (p_is_peer_booking or received.is_peer_booking or received.therapist_id = p_practitioner_id)
  union all
  select long.id, long.therapist_id, long.client_id, lower(long.occupied_during), upper(long.occupied_during),
         peer_exchange.is_expired_hold(long.status::text, long.expires_at)
    from public.client_sessions as long
   where long.client_id = p_person_id
     and long.duration_minutes > 10080
     and long.occupied_during is not null
     -- Not those that are found by their day, and not by the index that these are found by.
     and coalesce(long.session_date < (lower(p_during) at time zone 'UTC')::date - 8, true)
     and not isempty(long.occupied_during * p_during)
     and long.therapist_id is distinct from p_person_id
     and (p_is_peer_booking or long.is_peer_booking or long.therapist_id = p_practitioner_id)
$$;

comment on function peer_exchange.engagements_of(uuid, tstzrange, boolean, uuid) is
  'Active sessions of a person that touch a period, given and received, as far as a peer booking, or another session of this practitioner, must not overlap them; expired holds among them.';

create function peer_exchange.busy_times_of(p_person_id uuid, p_during tstzrange) returns timestamptz[]
language plpgsql stable
as $$
declare
  times timestamptz[];
  asked text := (select format('%I.%I', space.nspname, routine.proname)
                   from pg_catalog.pg_proc as routine
                   join pg_catalog.pg_namespace as space on space.oid = routine.pronamespace
                  where routine.oid = to_regprocedure(peer_exchange.busy_function() || '(uuid, tstzrange)'));
begin
  if asked is null then
    raise object_not_in_prerequisite_state using
      message = format('peer_exchange.busy_function names no function %s(uuid, tstzrange)', peer_exchange.busy_function());
  end if;
  if p_person_id is null or p_during is null then
    return null;
  end if;
  execute
    format('select array_agg(array[coalesce(lower(busy.during), timestamptz ''-infinity''),
                                   coalesce(upper(busy.during), timestamptz ''infinity'')])
              from %s($1, $2) as busy (during) where busy.during && $2', asked)
    into times
    using p_person_id, p_during;
  return times;
end $$;

comment on function peer_exchange.busy_times_of(uuid, tstzrange) is
  'Times at which a person is taken besides, as the function of the setting busy_function says: starts and ends by turns, NULL for none.';

create function peer_exchange.agenda_of(
  p_person_id uuid, p_client_id uuid, p_starts_at timestamptz, p_ends_at timestamptz, p_buffer_minutes integer,
  p_but_for uuid)
returns table (block_times timestamptz[], busy_times timestamptz[], client_busy_times timestamptz[],
               engagement_ids uuid[], engagement_times timestamptz[], are_expired_holds boolean[])
language sql stable
as $$
  select block.times,
         -- Not even called where nothing is to be asked.
         case when peer_exchange.busy_function() <> '' then peer_exchange.busy_times_of(p_person_id, period.slot) end,
         case when peer_exchange.busy_function() <> '' then peer_exchange.busy_times_of(p_client_id, period.slot) end,
         engagement.ids, engagement.times, engagement.are_expired_holds
    from (select case when p_starts_at is not null then tstzrange(p_starts_at, p_ends_at) end as slot,
                 case when p_starts_at is not null
                      then tstzrange(p_starts_at - make_interval(mins => p_buffer_minutes),
                                     p_ends_at + make_interval(mins => p_buffer_minutes)) end as with_buffer
          -- Computed once, not for every row that is compared with it.
          offset 0) as period
   cross join lateral (
         select array_agg(array[found.starts_at, found.ends_at]) as times
           from peer_exchange.blocks_of(p_person_id, period.slot) as found) as block
   cross join lateral (
         select array_agg(array[found.session_id, found.practitioner_id, found.client_id]) as ids,
                array_agg(array[found.starts_at, found.ends_at])                           as times,
                array_agg(found.is_expired_hold)                                           as are_expired_holds
           from (values (p_client_id), (p_person_id)) as party (id)
          cross join lateral peer_exchange.engagements_of(party.id, period.with_buffer, true, null) as found
          where found.session_id is distinct from p_but_for) as engagement
$$;

comment on function peer_exchange.agenda_of(uuid, uuid, timestamptz, timestamptz, integer, uuid) is
  'What is near a time: the blocks of a person that touch it, other times at which she or a client is taken, and the sessions but p_but_for that she or a client has within so many minutes of it. Starts and ends stand by turns; the ids of a session, its practitioner and its client by threes. NULL where there is none, and nothing where p_starts_at is NULL.';

select pg_catalog.set_config('check_function_bodies', 'on', true);

create or replace function peer_exchange.time_zone_of(p_practitioner_id uuid) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select hours.timezone from peer_exchange.hours_of(p_practitioner_id) as hours
$$;

create function peer_exchange.written_start(p_session_date date, p_start_time time) returns timestamp
language sql immutable parallel safe
as $$
  select case when p_session_date between date '0001-01-01' and date '9999-12-31' then p_session_date + p_start_time end
$$;

comment on function peer_exchange.written_start(date, time) is
  'The wall clock that the row of a session writes; NULL where it writes none that could be an instant.';

create function peer_exchange.whole_minutes(p_minutes bigint) returns integer
language sql immutable parallel safe
as $$
  select least(greatest(p_minutes, 0), 2147483647)::integer
$$;

comment on function peer_exchange.whole_minutes(bigint) is
  'A duration as it can be counted with, whatever an application has stored: 0 for none.';

create or replace function peer_exchange.occupied_during(
  p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text,
  p_expires_at timestamptz)
returns tstzrange
language sql stable parallel safe
as $$
  select case
           when peer_exchange.is_active_status(p_status, p_expires_at)
                and not peer_exchange.is_expired_hold(p_status, p_expires_at)
                and p_duration_minutes > 0
                and peer_exchange.written_start(p_session_date, p_start_time) is not null
           then tstzrange(peer_exchange.written_start(p_session_date, p_start_time) at time zone p_timezone,
                          peer_exchange.written_start(p_session_date, p_start_time) at time zone p_timezone
                            + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.occupied_during(text, date, time, integer, text, timestamptz) is
  'The time that a session takes of its parties while its status is an active one and it is no expired hold, else NULL.';

create function peer_exchange.time_of_session(
  p_occupied_during tstzrange, p_occupied_timezone text, p_practitioner_id uuid,
  p_session_date date, p_start_time time, p_duration_minutes bigint)
returns table (timezone text, starts_at timestamptz, ends_at timestamptz, local_start timestamp, duration_minutes integer)
language sql stable
as $$
  select zone.name,
         start.at,
         coalesce(upper(p_occupied_during),
                  start.at + make_interval(mins => peer_exchange.whole_minutes(p_duration_minutes))),
         start.at at time zone zone.name,
         peer_exchange.whole_minutes(p_duration_minutes)
    from (select case when peer_exchange.is_time_zone(p_occupied_timezone) then p_occupied_timezone
                      else (select hours.timezone from peer_exchange.hours_of(p_practitioner_id) as hours)
                 end as name
          offset 0) as zone
   cross join lateral (
         select coalesce(lower(p_occupied_during),
                         peer_exchange.written_start(p_session_date, p_start_time) at time zone zone.name) as at
         offset 0) as start
$$;

comment on function peer_exchange.time_of_session(tstzrange, text, uuid, date, time, bigint) is
  'What people are told of the time of a session: its instants, and what a clock shows at its start in the time zone in which it was promised. NULL where its row says no time. A start that the clock skips is told as the clock shows it.';

create function peer_exchange.day_begins_at(p_day date, p_timezone text) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when former.at at time zone p_timezone = p_day then least(former.at, midnight.at) else midnight.at end
    from (select p_day::timestamp at time zone p_timezone as at) as midnight
   cross join lateral (
         select case when isfinite(p_day)
                     then midnight.at - ((midnight.at - interval '24 hours') at time zone p_timezone
                                         - (midnight.at at time zone p_timezone - interval '24 hours')) end as at) as former
$$;

comment on function peer_exchange.day_begins_at(date, text) is
  'The first instant at which the calendar of a time zone shows a day.';

select pg_catalog.pg_extension_config_dump('peer_exchange.sent_reminders', '');

comment on column peer_exchange.sent_reminders.minutes_before is
  'Which of the setting peer_exchange.reminder_minutes_before; 0: the practitioner''s, that a request waits for her answer.';

create table peer_exchange.awaited_charges (
  session_id uuid        primary key,
  since      timestamptz not null default pg_catalog.now()
);

create index awaited_charges_since_idx on peer_exchange.awaited_charges (since);

comment on table peer_exchange.awaited_charges is
  'Peer sessions that their clients inserted and that are to be charged; what cancel_orphaned_sessions() looks at.';

comment on column peer_exchange.awaited_charges.since is 'When the client inserted it.';

select pg_catalog.pg_extension_config_dump('peer_exchange.awaited_charges', '');

create function peer_exchange.await_charge_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if peer_exchange.is_called_by_person() then
    insert into peer_exchange.awaited_charges (session_id)
    select session.id from inserted_rows as session where session.is_peer_booking
        on conflict do nothing;
  end if;
  return null;
end $$;

comment on function peer_exchange.await_charge_by_owner() is
  'What peer_exchange.await_charge does, as the owner of the tables.';

create function peer_exchange.await_charge() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.await_charge() is
  'Trigger: remembers which peer sessions a client has inserted that are to be charged.';

create function peer_exchange.forget_awaited_charge(p_session_id uuid, p_client_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.is_called_by_person() or not peer_exchange.may_act_for(p_client_id) then
    delete from peer_exchange.awaited_charges where session_id = p_session_id;
  end if;
end $$;

comment on function peer_exchange.forget_awaited_charge(uuid, uuid) is
  'Called by a guard when a session gets another status: whoever but its client sets one, accepts it.';

create table peer_exchange.departures (
  person_id uuid        primary key,
  left_at   timestamptz not null
);

comment on table peer_exchange.departures is 'People of whom the ledger tells and who were deleted.';

comment on column peer_exchange.departures.left_at is 'When, the last time.';

select pg_catalog.pg_extension_config_dump('peer_exchange.departures', '');

create table peer_exchange.postponed_sessions (
  session_id uuid        not null,
  job        text        not null,
  since      timestamptz not null default pg_catalog.now(),
  until      timestamptz not null,
  primary key (session_id, job)
);

comment on table peer_exchange.postponed_sessions is
  'Sessions with which a job could do nothing while others waited behind them; it does those first. Whoever has mended what was in the way may delete the rows.';

comment on column peer_exchange.postponed_sessions.job is
  'Which job: settle_due_sessions, expire_requests or send_due_reminders.';

comment on column peer_exchange.postponed_sessions.since is 'When the job first postponed it.';

comment on column peer_exchange.postponed_sessions.until is
  'When the job looks at it again: after an hour, then after as long as it has been postponed, at most a day.';

create domain peer_exchange."*/*" as text;

comment on domain peer_exchange."*/*" is 'What PostgREST sends as it is.';

create table peer_exchange.calendar_feeds (
  person_id  uuid        primary key,
  digest     bytea       not null unique,
  created_at timestamptz not null default pg_catalog.now()
);

comment on table peer_exchange.calendar_feeds is 'The feeds of those people who have made one.';

comment on column peer_exchange.calendar_feeds.digest is 'SHA-256 of the secret by which it is read.';

comment on column peer_exchange.calendar_feeds.created_at is 'When it was made, or made anew.';

select pg_catalog.pg_extension_config_dump('peer_exchange.calendar_feeds', '');

create function peer_exchange.get_calendar_feed(p_secret text) returns peer_exchange."*/*"
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  feed text := peer_exchange.calendar_feed(p_secret);
begin
  if feed is null then
    raise sqlstate 'PT404' using
      message = 'there is no such calendar feed',
      hint    = 'It may have been revoked, or made anew under another address.';
  end if;
  -- Whatever else the application has it send stays.
  perform set_config('response.headers',
                     (coalesce(nullif(current_setting('response.headers', true), ''), '[]')::jsonb
                      || '[{"Content-Type": "text/calendar; charset=utf-8"}]')::text, true);
  return feed;
end $$;

comment on function peer_exchange.get_calendar_feed(text) is
  'The peer sessions of whoever made the feed of this secret, from ninety days back on, as an iCalendar object; PT404, which PostgREST answers as 404, where there is no such feed.';

create function peer_exchange.are_calendar_feeds_open() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_proc as routine
                  cross join aclexplode(routine.proacl) as acl
                   join pg_roles as role on role.oid = acl.grantee
                  where routine.oid = 'peer_exchange.get_calendar_feed(text)'::regprocedure
                    and role.rolname = 'anon')
$$;

comment on function peer_exchange.are_calendar_feeds_open() is
  'Whether feeds are read without signing in.';

create function peer_exchange.feed_functions() returns setof regprocedure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select own.id
    from peer_exchange.own_functions() as own
   where own.id in (to_regprocedure('public.get_calendar_feed(text)'), 'peer_exchange.get_calendar_feed(text)'::regprocedure,
                    'peer_exchange.calendar_feed(text)'::regprocedure)
$$;

comment on function peer_exchange.feed_functions() is
  'The functions by which feeds are read.';

create function peer_exchange.open_calendar_feeds() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regrole('anon') is null then
    raise object_not_in_prerequisite_state using
      message = 'there is no role anon',
      hint    = 'Create the role that PostgREST takes for those who have not signed in.';
  end if;
  grant usage on schema peer_exchange to anon;
  execute (select format('grant execute on function %s to anon', string_agg(id::text, ', ')) from peer_exchange.feed_functions() as id);
  if not peer_exchange.are_calendar_feeds_open() then
    raise insufficient_privilege using
      message = 'calendar feeds are as closed as before',
      hint    = 'Only the owner of the extension, or a superuser, opens them.';
  end if;
end $$;

comment on function peer_exchange.open_calendar_feeds() is
  'Lets whoever knows the address of a feed read it without signing in, as calendars do. For an administrator.';

create function peer_exchange.close_calendar_feeds() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regrole('anon') is null then
    return;
  end if;
  revoke usage on schema peer_exchange from anon;
  execute (select format('revoke execute on function %s from anon', string_agg(id::text, ', ')) from peer_exchange.feed_functions() as id);
  if peer_exchange.are_calendar_feeds_open() then
    raise insufficient_privilege using
      message = 'calendar feeds are as open as before',
      hint    = 'Only the owner of the extension, or a superuser, closes them.';
  end if;
end $$;

comment on function peer_exchange.close_calendar_feeds() is
  'Takes back what open_calendar_feeds() has granted. For an administrator.';

do $$
begin
  perform peer_exchange.close_calendar_feeds();
end $$;

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

create or replace function peer_exchange.trigrams(p_words text) returns text[]
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select coalesce(array_agg(distinct substr(line, position, 3)), '{}')
    from regexp_split_to_table(p_words, '[\n\t]') as line
   cross join generate_series(1, length(line) - 2) as position
$$;

create or replace function peer_exchange.search_pattern(p_text text) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
begin
  return '%' || regexp_replace(peer_exchange.fold(p_text), '([\\%_])', '\\\1', 'g') || '%';
end $$;

select pg_catalog.pg_extension_config_dump('peer_exchange.search_entries', '');

create function peer_exchange.profile_of(p_person json) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.readable_columns(p_person::text, array['id', 'first_name', 'last_name', 'location', 'specializations'])
$$;

comment on function peer_exchange.profile_of(json) is
  'What search_words() is about, of a row of users.';

create function peer_exchange.keep_search_entry_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former  jsonb := peer_exchange.profile_of(to_json(old));
  present jsonb := peer_exchange.profile_of(to_json(new));
begin
  if tg_op = 'UPDATE' and former is not distinct from present then
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

create or replace function peer_exchange.stale_search_entries() returns table (user_id uuid, words text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select person.id, present.words
    from public.users as person
    left join peer_exchange.search_entries as entry on entry.user_id = person.id
   cross join lateral (select peer_exchange.search_words(peer_exchange.profile_of(to_json(person.*))) as words offset 0) as present
   where entry.words is distinct from present.words;
end $$;

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

create function peer_exchange.write_profile(p_person_id uuid, p_profile json) returns void
language plpgsql
as $$
declare
  profile constant jsonb := p_profile::jsonb;
  missing constant text := (select string_agg(wanted.name, ', ' order by wanted.name)
                              from jsonb_object_keys(profile) as wanted (name)
                             where not peer_exchange.has_column('public.users', wanted.name));
begin
  if missing is not null then
    raise object_not_in_prerequisite_state using
      message = format('table public.users has no column %s', missing),
      hint    = 'Run peer_exchange.setup().';
  end if;
  execute (
    select format('update public.users as person set %s where person.id = $1', string_agg(
             format(case when jsonb_typeof(profile -> kept.attname) = 'array' and type.typcategory = 'S'
                         then '%1$I = (select string_agg(entry, '', '') from jsonb_array_elements_text($2 -> %1$L) as entry)'
                         else '%1$I = (jsonb_populate_record(person.*, $2)).%1$I' end, kept.attname), ', '))
      from pg_attribute as kept
      join pg_type as type on type.oid = kept.atttypid
     where kept.attrelid = 'public.users'::regclass
       and kept.attnum > 0
       and not kept.attisdropped
       and profile ? kept.attname::text)
    using p_person_id, profile;
end $$;

comment on function peer_exchange.write_profile(uuid, json) is
  'Writes these columns of a row of users, whatever their types. Called by set_practice_profile().';

create function peer_exchange.has_ratings_of_its_own() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
           select from (values
             ('users', array['average_rating', 'rating', 'rating_count', 'review_count']),
             ('client_sessions', array['rating', 'client_rating', 'session_rating', 'feedback_rating', 'stars', 'review', 'client_review']))
             as kept (table_name, column_names)
             join pg_attribute as attribute
                  on attribute.attrelid = to_regclass('public.' || kept.table_name)
                 and attribute.attname = any (kept.column_names)
                 and not attribute.attisdropped)
      or exists (
           select from unnest(array['reviews', 'ratings', 'session_reviews', 'session_ratings', 'practitioner_reviews',
                                    'practitioner_ratings', 'therapist_reviews', 'therapist_ratings']) as name
            where to_regclass('public.' || name) is not null)
$$;

comment on function peer_exchange.has_ratings_of_its_own() is
  'Whether the application has columns or a table by which it rates sessions or people itself.';

create function peer_exchange.has_rating_columns() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select count(*) = 3
    from (values ('rating', 'smallint'::regtype), ('rating_comment', 'text'::regtype), ('rated_at', 'timestamptz'::regtype))
         as needed (column_name, type)
    join pg_attribute as attribute
         on attribute.attrelid = to_regclass('public.client_sessions')
        and attribute.attname = needed.column_name
        and attribute.atttypid = needed.type
        and not attribute.attisdropped
$$;

comment on function peer_exchange.has_rating_columns() is
  'Whether sessions have the columns in which rate_peer_session() writes.';

create function peer_exchange.keeps_ratings() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.has_rating_columns() or not peer_exchange.has_ratings_of_its_own()
$$;

comment on function peer_exchange.keeps_ratings() is
  'Whether ratings of sessions are kept here: setup() adds their columns where the application does not rate by itself.';

create function peer_exchange.stars(p_rating smallint, p_rated_at timestamptz) returns smallint
language sql immutable parallel safe
as $$
  select case when p_rating operator(pg_catalog.>=) 1 and p_rating operator(pg_catalog.<=) 5 then p_rating end
$$;

comment on function peer_exchange.stars(smallint, timestamptz) is 'The stars in the columns of a session.';

create function peer_exchange.stars(p_rating anyelement, p_rated_at anycompatible) returns smallint
language sql immutable parallel safe
as $$
  select null::smallint
$$;

comment on function peer_exchange.stars(anyelement, anycompatible) is
  'None, where columns of these names are missing or the application''s own.';

create function peer_exchange.rating_told(p_rating smallint, p_comment text, p_rated_at timestamptz) returns json
language sql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select json_build_object('stars', peer_exchange.stars(p_rating, p_rated_at), 'comment', p_comment, 'rated_at', p_rated_at)
$$;

comment on function peer_exchange.rating_told(smallint, text, timestamptz) is
  'The rating in the columns of a session, whose stars are null where there is none.';

create function peer_exchange.rating_told(p_rating anyelement, p_comment text, p_rated_at anycompatible) returns json
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select null::json
$$;

comment on function peer_exchange.rating_told(anyelement, text, anycompatible) is
  'NULL, where columns of these names are missing or the application''s own.';

comment on column peer_exchange.session_moves.previous_session_date is 'The day on which it was to begin, in previous_timezone.';

comment on column peer_exchange.session_moves.session_date is 'The day that was asked for, in timezone.';

comment on column peer_exchange.session_moves.start_time is 'The time of that day that was asked for.';

comment on column peer_exchange.session_moves.previous_starts_at is 'When it was to begin; NULL where version 0.1.0 moved it.';

comment on column peer_exchange.session_moves.previous_timezone is 'The time zone in which it had been promised.';

comment on column peer_exchange.session_moves.starts_at is 'When it has begun or is to begin since.';

comment on column peer_exchange.session_moves.timezone is 'The time zone in which it is told since.';

select pg_catalog.pg_extension_config_dump('peer_exchange.session_moves', '');

create function peer_exchange.guard_session_insert_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.therapist_id = new.client_id then
    raise check_violation using message = 'nobody can have a peer session with themselves';
  end if;
  -- What a booking looks for around its slot, on the side of the client, begins within a week before it.
  if new.duration_minutes > 7 * 24 * 60 then
    raise check_violation using message = 'a peer session lasts at most a week';
  end if;
  -- The ledger knows a session by its id alone. Where the session is there still, this is an upsert, and
  -- its key and the guards of changes decide; a session that was paid for can't be deleted meanwhile.
  if exists (select from public.credit_transactions as entry where entry.session_id = new.id) then
    if not exists (select from public.client_sessions as present where present.id = new.id) then
      raise unique_violation using message = format('session id %s has been used before', new.id);
    end if;
  end if;
  if not peer_exchange.is_called_by_person() then
    return new;
  end if;
  perform peer_exchange.require_may_act_for(new.client_id);
  if not (peer_exchange.is_planned_status(new.status::text) or peer_exchange.is_pending_status(new.status::text)) then
    raise check_violation using
      message = format('a peer session can''t begin its life as %s', new.status);
  end if;
  -- What only a booking or a charge can say.
  new.payment_status     := 'pending';
  new.held_credits       := null;
  new.requested_at       := null;
  new.accepted_at        := null;
  new.no_show_reported_at := null;
  new.no_show_reported_by := null;
  new.no_show_reason      := null;
  new.disputed_at         := null;
  new.dispute_reason      := null;
  new.settled_at         := null;
  new.idempotency_digest := null;
  new.created_at         := now();
  if peer_exchange.has_rating_columns() then
    new := jsonb_populate_record(new, '{"rating": null, "rating_comment": null, "rated_at": null}');
  end if;
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

create function peer_exchange.refuse_answer_by_person(
  p_wanted text, p_practitioner_id uuid, p_expires_at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- To cancel is to withdraw or to decline; that it is one of the two who does so is asked with its terms.
  if p_wanted = 'cancelled' then
    return;
  end if;
  if not (peer_exchange.is_planned_status(p_wanted) or p_wanted = 'declined') then
    raise check_violation using
      message = format('a request can''t become %s', p_wanted),
      hint    = 'accept_peer_booking() accepts it, process_peer_booking_refund() declines or withdraws it.';
  end if;
  perform peer_exchange.require_may_act_for(p_practitioner_id);
  if peer_exchange.is_planned_status(p_wanted) and coalesce(p_expires_at <= now(), true) then
    raise check_violation using message = 'the request has expired';
  end if;
end $$;

comment on function peer_exchange.refuse_answer_by_person(text, uuid, timestamptz) is
  'Raises 42501 or 23514 where a person may not change the status of a request so.';

create function peer_exchange.is_acceptance(
  p_former text, p_wanted text, p_requested_at timestamptz, p_accepted_at timestamptz, p_held_credits integer)
returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_requested_at is not null
     and p_accepted_at is null
     and coalesce(p_held_credits > 0, false)
     and p_former in ('pending_approval', 'expired')
     and p_wanted in ('scheduled', 'confirmed', 'in_progress')
$$;

comment on function peer_exchange.is_acceptance(text, text, timestamptz, timestamptz, integer) is
  'Whether a change of status accepts a request.';

create function peer_exchange.refuse_status_by_person(
  p_former text, p_wanted text, p_was_charged boolean, p_starts_at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if peer_exchange.is_final_status(p_former)
     and not (peer_exchange.is_over_status(p_former) and peer_exchange.is_over_status(p_wanted))
  then
    raise check_violation using
      message = format('a peer session that is %s can''t become %s', p_former, p_wanted);
  end if;
  if p_was_charged and not (peer_exchange.is_agreed_status(p_wanted) or p_wanted = 'cancelled') then
    raise check_violation using
      message = format('a peer session that has been paid for can''t become %s', p_wanted),
      hint    = 'Cancelling it gives the credits back.';
  end if;
  if (peer_exchange.is_over_status(p_wanted) and p_starts_at > now())
     or (p_wanted = 'in_progress' and p_starts_at > now() + make_interval(mins => peer_exchange.early_start_minutes()))
  then
    raise check_violation using
      message = format('a peer session that has not begun can''t become %s', p_wanted);
  end if;
end $$;

comment on function peer_exchange.refuse_status_by_person(text, text, boolean, timestamptz) is
  'Raises 23514 where a person may not change the status of a peer session so.';

create function peer_exchange.refuse_decision_by_person(p_wanted text, p_awaits_decision boolean) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_awaits_decision then
    raise check_violation using
      message = format('a peer session that somebody has reported as missed can''t become %s', p_wanted),
      hint    = 'complete_peer_session() and report_peer_no_show() contradict a client''s report.';
  end if;
  if p_wanted = 'disputed' then
    raise check_violation using
      message = 'a peer session can''t become disputed directly',
      hint    = 'complete_peer_session() and report_peer_no_show() contradict a client''s report.';
  end if;
end $$;

comment on function peer_exchange.refuse_decision_by_person(text, boolean) is
  'Raises 23514 where a person may not set the status of a peer session since it is to be decided who gets its credits, or would be.';

create function peer_exchange.refuse_change_of_parties(p_former record, p_wanted record) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_wanted.is_peer_booking is distinct from p_former.is_peer_booking then
    raise check_violation using message = 'a session can neither become a peer booking nor cease to be one';
  end if;
  -- A party may only vanish with the person.
  if p_wanted.id is distinct from p_former.id
     or (p_wanted.therapist_id is distinct from p_former.therapist_id
         and not (p_wanted.therapist_id is null
                  and not exists (select from public.users where id = p_former.therapist_id)))
     or (p_wanted.client_id is distinct from p_former.client_id
         and not (p_wanted.client_id is null and not exists (select from public.users where id = p_former.client_id)))
  then
    raise check_violation using message = 'the parties of a peer session can''t be changed';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_parties(record, record) is
  'Raises 23514 where a direct change of a session makes it somebody else''s.';

create function peer_exchange.refuse_change_of_cost(
  p_former record, p_wanted record, p_is_by_person boolean, p_was_charged boolean, p_is_given_up boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_wanted.idempotency_key, p_wanted.idempotency_digest) is distinct from (p_former.idempotency_key, p_former.idempotency_digest)
     or ((p_was_charged or p_is_by_person)
         and (p_wanted.duration_minutes, p_wanted.product_id) is distinct from (p_former.duration_minutes, p_former.product_id))
     or (p_wanted.credit_cost is distinct from p_former.credit_cost
         and (p_is_by_person
              -- An application that settles by itself writes down what the ledger says.
              or (p_was_charged
                  and (p_wanted.credit_cost is null
                       or p_wanted.credit_cost not in (select charge.credit_cost
                                                         from peer_exchange.charges_of(p_former.id) as charge)))))
     -- What is sent along with a cancellation is written over.
     or (p_is_by_person and not p_is_given_up
         and p_wanted.payment_status is distinct from p_former.payment_status
         and (p_was_charged or p_wanted.payment_status::text in ('paid', 'completed', 'refunded', 'partially_refunded')))
  then
    raise check_violation using
      message = 'what a peer session costs can''t be changed directly',
      hint    = 'Cancel it and book again.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_cost(record, record, boolean, boolean, boolean) is
  'Raises 23514 where a direct change of a peer session concerns what it costs.';

create function peer_exchange.refuse_change_of_moments(
  p_former record, p_wanted record, p_is_by_person boolean, p_was_charged boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_wanted.requested_at, p_wanted.accepted_at, p_wanted.held_credits, p_wanted.no_show_reported_by,
      p_wanted.no_show_reported_at, p_wanted.no_show_reason, p_wanted.disputed_at, p_wanted.dispute_reason,
      p_wanted.settled_at)
     is distinct from
     (p_former.requested_at, p_former.accepted_at, p_former.held_credits, p_former.no_show_reported_by,
      p_former.no_show_reported_at, p_former.no_show_reason, p_former.disputed_at, p_former.dispute_reason,
      p_former.settled_at)
  then
    raise check_violation using
      message = 'how a peer session was asked for and is settled can''t be changed directly';
  end if;
  if p_is_by_person and p_wanted.created_at is distinct from p_former.created_at then
    raise check_violation using message = 'when a peer session was made can''t be changed';
  end if;
  -- Until when a request holds credits is the application's to say, as long as it waits.
  if p_former.requested_at is not null and p_wanted.expires_at is distinct from p_former.expires_at
     and (p_is_by_person or p_wanted.expires_at is null or p_former.status::text <> 'pending_approval')
  then
    raise check_violation using message = 'until when a request waits can''t be changed';
  end if;
  -- The start decides how much a cancellation gives back.
  if p_is_by_person and p_was_charged
     and (p_wanted.session_date, p_wanted.start_time) is distinct from (p_former.session_date, p_former.start_time)
  then
    raise check_violation using
      message = 'a peer session that has been paid for can''t be moved directly',
      hint    = 'reschedule_peer_booking() moves it.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_moments(record, record, boolean, boolean) is
  'Raises 23514 where a direct change of a peer session concerns when it was asked for, settled or is to begin.';

create function peer_exchange.refuse_change_of_rating(p_former record, p_wanted record) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  is_rated boolean;
begin
  if not peer_exchange.has_rating_columns() then
    return;
  end if;
  execute 'select ($1.rating, $1.rating_comment, $1.rated_at) is distinct from ($2.rating, $2.rating_comment, $2.rated_at)'
     into is_rated using p_former, p_wanted;
  if is_rated then
    raise check_violation using
      message = 'the rating of a peer session can''t be changed directly',
      hint    = 'rate_peer_session() rates it.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_rating(record, record) is
  'Raises 23514 where a direct change of a peer session rates it.';

create function peer_exchange.with_acceptance(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
begin
  if peer_exchange.is_acceptance(p_former.status::text, p_wanted.status::text, p_former.requested_at, p_former.accepted_at,
                                 p_former.held_credits) then
    changed.accepted_at := now();
    if not peer_exchange.settles_on_completion() then
      changed.held_credits   := null;
      changed.payment_status := 'paid';
    end if;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_acceptance(record, record) is
  'A session with what the acceptance of a request makes of it, where its change of status is one.';

create function peer_exchange.with_cancellation(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
  terms   record;
begin
  select * into terms from peer_exchange.cancellation_terms(p_former.id, p_wanted.cancelled_by);
  changed.payment_status := coalesce(terms.payment_status, p_former.payment_status::text);
  changed.held_credits   := null;
  if p_wanted.status::text = 'cancelled' then
    changed.cancelled_by        := terms.cancelled_by;
    changed.cancelled_at        := now();
    changed.cancellation_reason := coalesce(nullif(btrim(p_wanted.cancellation_reason), ''), 'Session cancelled');
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_cancellation(record, record) is
  'A session that is given up, with what its cancellation makes of it.';

create function peer_exchange.with_settlement(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
  terms   record;
begin
  select * into terms from peer_exchange.settlement_terms(p_former.id, p_wanted.status::text);
  if terms.is_settled then
    changed.settled_at     := now();
    changed.held_credits   := null;
    changed.payment_status := coalesce(terms.payment_status, p_former.payment_status::text);
  end if;
  if terms.is_reported then
    changed.no_show_reported_at := now();
    changed.no_show_reported_by := terms.reported_by;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_settlement(record, record) is
  'A session that has had its time, with what its settlement makes of it.';

create function peer_exchange.with_judgement_anew(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
begin
  if peer_exchange.is_over_status(p_former.status::text) and peer_exchange.is_open_status(p_wanted.status::text) then
    changed.no_show_reported_at := null;
    changed.no_show_reported_by := null;
    changed.no_show_reason      := null;
    changed.disputed_at         := null;
    changed.dispute_reason      := null;
    changed.settled_at          := null;
  elsif p_wanted.status::text = 'disputed' and p_former.status::text <> 'disputed' then
    changed.disputed_at := now();
    changed.settled_at  := null;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_judgement_anew(record, record) is
  'A session with nothing decided of it any more, where its change of status undoes that.';

create function peer_exchange.guard_session_change_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  is_by_person constant boolean := peer_exchange.is_called_by_person();
  was_charged  constant boolean := peer_exchange.was_charged(old.id);
  is_given_up  constant boolean := peer_exchange.is_given_up_status(new.status::text)
                                   and not peer_exchange.is_given_up_status(old.status::text);
  awaits_decision constant boolean
    := peer_exchange.awaits_decision(old.status::text, old.no_show_reported_at, old.settled_at);
begin
  perform peer_exchange.refuse_change_of_parties(old, new);
  perform peer_exchange.refuse_change_of_cost(old, new, is_by_person, was_charged, is_given_up);
  perform peer_exchange.refuse_change_of_moments(old, new, is_by_person, was_charged);
  if is_by_person then
    perform peer_exchange.refuse_change_of_rating(old, new);
  end if;
  if new.status is not distinct from old.status then
    return new;
  end if;
  if is_by_person and old.requested_at is not null and old.status::text = 'pending_approval' then
    perform peer_exchange.refuse_answer_by_person(new.status::text, old.therapist_id, old.expires_at);
  elsif is_by_person then
    perform peer_exchange.refuse_decision_by_person(new.status::text, awaits_decision);
    perform peer_exchange.refuse_status_by_person(old.status::text, new.status::text, was_charged, lower(old.occupied_during));
  end if;
  perform peer_exchange.forget_awaited_charge(old.id, old.client_id);
  new := peer_exchange.with_acceptance(old, new);
  if is_given_up then
    new := peer_exchange.with_cancellation(old, new);
  end if;
  -- What nothing is held or reported for has been paid, and is completed without more ado.
  if was_charged
     and (awaits_decision or new.status::text = 'no_show' or (new.status::text = 'completed' and old.held_credits > 0))
  then
    new := peer_exchange.with_settlement(old, new);
  end if;
  return peer_exchange.with_judgement_anew(old, new);
end $$;

comment on function peer_exchange.guard_session_change_by_owner() is
  'What peer_exchange.guard_session_change does, as the owner of the tables.';

create or replace function peer_exchange.guard_session_change() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.write_payment_by_owner() returns trigger
language plpgsql
-- Without a search_path of its own, which would take longer than all the rest of it: every name is qualified.
as $$
declare
  -- Asked one by one: a query for both would take longer than the rest.
  payment_status constant pg_catalog.text := peer_exchange.payment_status_under_way();
  credit_cost    constant pg_catalog.int4 := peer_exchange.credit_cost_under_way();
begin
  if payment_status is not null then
    new.payment_status := payment_status;
  end if;
  if credit_cost is not null then
    new.credit_cost := credit_cost;
    if tg_op operator(pg_catalog.=) 'UPDATE' then
      delete from peer_exchange.awaited_charges where session_id operator(pg_catalog.=) new.id;
    end if;
  end if;
  return new;
end $$;

comment on function peer_exchange.write_payment_by_owner() is
  'What peer_exchange.write_payment does in a statement of the library''s own.';

create function peer_exchange.write_payment() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_in_own_write';

comment on function peer_exchange.write_payment() is
  'Trigger: writes what a booking, a charge or a cancellation makes of a session''s payment; passes all other statements.';

create function peer_exchange.refuse_timeless(
  p_status text, p_expires_at timestamptz, p_session_date date, p_start_time time, p_is_peer_booking boolean,
  p_is_moved boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_is_moved and peer_exchange.is_made_by_setup('client_sessions'))
     or (p_is_peer_booking
         and (peer_exchange.is_active_status(p_status, p_expires_at) or (p_session_date is not null and p_start_time is not null))
         and peer_exchange.is_called_by_person())
  then
    raise check_violation using
      message = 'a session needs a day between the years 1 and 9999, and a start';
  end if;
end $$;

comment on function peer_exchange.refuse_timeless(text, timestamptz, date, time, boolean, boolean) is
  'Raises 23514 where a session that is written directly says no time that a clock could show, and must.';

create function peer_exchange.keep_session_time_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
-- By index, and planned once: for why, see keep_apart().
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  is_moved   boolean := tg_op = 'INSERT'
                        or (new.session_date, new.start_time) is distinct from (old.session_date, old.start_time);
  zone       text    := case when not is_moved then old.occupied_timezone end;
  due        tstzrange;
  are_locked boolean;
begin
  if new.therapist_id is not null then
    -- Who takes a session over promises it anew. What she has published is asked once: she may publish another zone while a
    -- session waits for her to be free.
    if tg_when = 'AFTER' then
      zone := new.occupied_timezone;
    elsif new.therapist_id is distinct from old.therapist_id or not peer_exchange.is_time_zone(zone) then
      zone := peer_exchange.time_zone_to_promise(new.therapist_id);
    end if;
    due := peer_exchange.occupied_during(new.status::text, new.session_date, new.start_time,
             peer_exchange.whole_minutes(new.duration_minutes), zone, new.expires_at);
    -- A practitioner who changes her time zone later moves no session.
    if due is not null and old.occupied_during is not null and not is_moved
       and new.therapist_id is not distinct from old.therapist_id
    then
      due := case when new.duration_minutes is not distinct from old.duration_minutes then old.occupied_during
                  else tstzrange(lower(old.occupied_during), lower(old.occupied_during)
                                 + make_interval(mins => peer_exchange.whole_minutes(new.duration_minutes))) end;
    end if;
  end if;
  if tg_when = 'AFTER' then
    if (new.occupied_during, new.occupied_timezone) is distinct from (due, zone) then
      raise triggered_data_change_violation using
        message = 'a session was changed after the time that it takes had been derived',
        hint    = 'A trigger of the application fires after ours: give it a name that sorts before zzzz_peer_exchange.';
    end if;
    return null;
  end if;
  if (is_moved or new.status is distinct from old.status)
     and peer_exchange.written_start(new.session_date, new.start_time) is null
  then
    perform peer_exchange.refuse_timeless(new.status::text, new.expires_at, new.session_date, new.start_time,
                                          coalesce(new.is_peer_booking, false), is_moved);
  end if;
  -- Of a session that is older than its guards nothing is asked before somebody moves it.
  if due is not null
     and (new.status, new.therapist_id, new.client_id, new.session_date, new.start_time, new.duration_minutes, new.expires_at)
         is distinct from
         (old.status, old.therapist_id, old.client_id, old.session_date, old.start_time, old.duration_minutes, old.expires_at)
     and (tg_op = 'INSERT'
          or due is distinct from old.occupied_during
          or new.therapist_id is distinct from old.therapist_id
          -- A party that vanishes with the person is in nobody's way.
          or (new.client_id is distinct from old.client_id and new.client_id is not null))
  then
    are_locked := peer_exchange.lock_written_parties(new.therapist_id, new.client_id);
    -- Of many rows most meet nobody, which is known from what this statement has looked up, or asked here: a call would take as
    -- long as the answer.
    if peer_exchange.are_known_to_be_free(new.therapist_id, new.client_id, lower(due), upper(due)) then
      null;
    elsif exists (select from peer_exchange.in_the_way(new.id, new.therapist_id, new.client_id,
                                                    coalesce(new.is_peer_booking, false), due))
       or current_setting('transaction_isolation') in ('repeatable read', 'serializable')
    then
      perform peer_exchange.keep_apart(new.id, new.therapist_id, new.client_id,
                                       coalesce(new.is_peer_booking, false), due);
    end if;
  end if;
  new.occupied_during   := due;
  new.occupied_timezone := zone;
  return new;
end $$;

comment on function peer_exchange.keep_session_time_by_owner() is
  'What peer_exchange.keep_session_time does, as the owner of the tables.';

create or replace function peer_exchange.keep_session_time() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.keep_session_time() is
  'Trigger: before a row is stored it derives occupied_during and occupied_timezone and refuses a session that overlaps another of its parties; afterwards it checks that the row still says so.';

create function peer_exchange.in_the_way(
  p_session_id uuid, p_practitioner_id uuid, p_client_id uuid, p_is_peer_booking boolean, p_due tstzrange)
returns table (session_id uuid, is_expired_hold boolean)
language sql stable
as $$
  select engagement.session_id, engagement.is_expired_hold
    from (values (p_practitioner_id), (p_client_id)) as party (id)
   cross join lateral peer_exchange.engagements_of(party.id, p_due, p_is_peer_booking, p_practitioner_id) as engagement
   where engagement.session_id <> p_session_id
$$;

comment on function peer_exchange.in_the_way(uuid, uuid, uuid, boolean, tstzrange) is
  'What the two have at a time besides a session, as far as it must not overlap that; expired holds among it.';

create or replace function peer_exchange.keep_apart(
  p_session_id uuid, p_practitioner_id uuid, p_client_id uuid, p_is_peer_booking boolean, p_due tstzrange)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
-- By index, whatever the table was like when this was planned: whoever copies many sessions begins with few.
set enable_seqscan = off
-- Planned once: for one time, Postgres would take every plan of its own for cheaper, and plan longer than it looks.
set plan_cache_mode = force_generic_plan
as $$
declare
  other_id      uuid;
  expired_holds uuid[];
begin
  -- Once more where holds have expired, which makes room.
  for attempt in 1..2 loop
    select (array_agg(other.session_id))[1],
           array_agg(other.session_id) filter (where other.is_expired_hold)
      into other_id, expired_holds
      from peer_exchange.in_the_way(p_session_id, p_practitioner_id, p_client_id, p_is_peer_booking, p_due) as other;
    exit when expired_holds is null;
    perform peer_exchange.release_expired_holds(expired_holds);
  end loop;
  if other_id is not null then
    raise exclusion_violation using
      message    = 'the session overlaps another session of the practitioner or the client',
      detail     = format('Session %s takes place at that time.', other_id),
      schema     = 'public',
      table      = 'client_sessions',
      constraint = 'client_sessions_no_overlap';
  end if;
  if current_setting('transaction_isolation') in ('repeatable read', 'serializable') then
    perform peer_exchange.require_nobody_unseen(p_session_id, p_practitioner_id, p_client_id, p_is_peer_booking, p_due);
  end if;
end $$;

comment on function peer_exchange.keep_apart(uuid, uuid, uuid, boolean, tstzrange) is
  'Raises 23P01 where a session written directly would overlap another one of its parties, 40001 where one that the transaction does not see. The parties are locked.';

create function peer_exchange.refund_direct_cancellations_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  given_up jsonb;
  settled  jsonb;
  accepted uuid[];
begin
  select jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'former_status', former.status::text,
           'former_start', (extract(epoch from lower(former.occupied_during)) * 1000000)::bigint,
           'cancelled_by', present.cancelled_by,
           'reason', left(present.cancellation_reason::text, 2000)))
           filter (where peer_exchange.is_given_up_status(present.status::text)
                     and not peer_exchange.is_given_up_status(former.status::text)
                     and not peer_exchange.awaits_decision(former.status::text, former.no_show_reported_at,
                                                           former.settled_at)),
         -- What the trigger before each row has written.
         jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'status', present.status::text,
           'former_status', former.status::text,
           'former_start', (extract(epoch from lower(former.occupied_during)) * 1000000)::bigint,
           'reported_at', (extract(epoch from former.no_show_reported_at) * 1000000)::bigint,
           'is_reported_by_client', coalesce(former.no_show_reported_by = former.client_id, false)))
           filter (where former.settled_at is null
                     and (present.settled_at is not null
                          or (present.no_show_reported_at is not null and former.no_show_reported_at is null))),
         array_agg(present.id) filter (where present.accepted_at is not null and former.accepted_at is null)
    into given_up, settled, accepted
    from former_rows as former
    join present_rows as present using (id)
   where present.is_peer_booking
     and present.status is distinct from former.status;
  if settled is not null or accepted is not null then
    perform from public.credits as account
      where account.user_id in (select unnest(array[present.therapist_id, present.client_id])
                                  from present_rows as present
                                 where present.is_peer_booking)
      order by account.user_id
        for no key update;
  end if;
  if settled is not null then
    perform peer_exchange.settle_changed_sessions(settled);
  end if;
  if given_up is not null then
    perform peer_exchange.refund_cancelled_sessions(given_up);
  end if;
  if accepted is not null then
    perform peer_exchange.charge_accepted_requests(accepted);
  end if;
  return null;
end $$;

comment on function peer_exchange.refund_direct_cancellations_by_owner() is
  'What peer_exchange.refund_direct_cancellations does, as the owner of the tables.';

create or replace function peer_exchange.refund_direct_cancellations() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refund_direct_cancellations() is
  'Trigger: moves the credits of peer sessions whose status says directly that they are cancelled, completed, missed or accepted.';

create function peer_exchange.guard_session_removal_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.is_peer_booking
     and peer_exchange.was_charged(old.id)
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

comment on function peer_exchange.guard_session_removal() is
  'Trigger: refuses to delete sessions that have been paid for.';

create function peer_exchange.refuse_truncation() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise restrict_violation using
    message = format('%s can''t be truncated away', case tg_table_name when 'credits' then 'balances' else 'sessions' end),
    hint    = 'The ledger refers to them.';
end $$;

comment on function peer_exchange.refuse_truncation() is
  'Trigger: refuses TRUNCATE of balances and of sessions.';

create function peer_exchange.release_departing_person_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The trigger names no column, so that the application may give this one another type.
  if tg_op = 'UPDATE' and not (old.is_active and new.is_active is not true) then
    return null;
  end if;
  perform peer_exchange.cancel_sessions_of_departing_person(old.id, tg_op = 'DELETE');
  if tg_op = 'DELETE' then
    delete from peer_exchange.calendar_feeds as feed where feed.person_id = old.id;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

comment on function peer_exchange.release_departing_person_by_owner() is
  'What peer_exchange.release_departing_person does, as the owner of the tables.';

create or replace function peer_exchange.release_departing_person() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.release_departing_person() is
  'Trigger: cancels and refunds the upcoming peer sessions of a person who is deactivated or deleted.';

create or replace function peer_exchange.mirror_balance() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
-- An older column may be one of floating point, whose digits must all be there.
set extra_float_digits = 1
as $$
declare
  given   constant jsonb := to_jsonb(new);
  former  constant jsonb := to_jsonb(old);
  balance jsonb          := given -> 'balance';
begin
  if not given ? 'current_balance' then
    return new;
  end if;
  -- An older writer knows current_balance alone; nobody's write is lost.
  if tg_op = 'INSERT' then
    if coalesce(new.balance, 0) = 0 then
      balance := to_jsonb(coalesce((given ->> 'current_balance')::numeric, 0));
    end if;
  elsif new.balance is not distinct from old.balance
    and given -> 'current_balance' is distinct from former -> 'current_balance'
  then
    balance := given -> 'current_balance';
  end if;
  return jsonb_populate_record(new, jsonb_build_object('balance', balance, 'current_balance', balance));
end $$;

create or replace function peer_exchange.mirror_read() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- What is told is not looked at: nobody may be able to read it.
  untold  constant jsonb := '{"payload": {}, "metadata": {}}';
  given   constant jsonb := to_jsonb(jsonb_populate_record(new, untold));
  is_read boolean        := (given ->> 'read')::boolean;
begin
  if new.read_at is distinct from old.read_at then
    is_read := new.read_at is not null;
  elsif given -> 'read' is distinct from to_jsonb(jsonb_populate_record(old, untold)) -> 'read' then
    new.read_at := case when is_read then coalesce(new.read_at, now()) end;
  elsif new.read_at is not null then
    -- Marked once more: rows that are older than this trigger may differ.
    is_read := true;
  end if;
  return jsonb_populate_record(new, jsonb_build_object('read', is_read));
end $$;

create function peer_exchange.fill_session_time_zone_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and (new.session_date, new.start_time) is not distinct from (old.session_date, old.start_time) then
    return new;
  end if;
  return jsonb_populate_record(new, jsonb_build_object('session_timezone', new.occupied_timezone));
end $$;

comment on function peer_exchange.fill_session_time_zone_by_owner() is
  'What peer_exchange.fill_session_time_zone does in a statement of the library''s own.';

create function peer_exchange.fill_session_time_zone() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_in_own_write';

comment on function peer_exchange.fill_session_time_zone() is
  'Trigger: fills client_sessions.session_timezone of a session that is booked or moved; passes all other statements.';

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

create function peer_exchange.verify_person(p_user_id uuid)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- One plan for everybody, kept.
set plan_cache_mode = auto
as $$
begin
  return query
  with ledger as (
    select mine.* from public.credit_transactions as mine where mine.user_id = p_user_id
    union all
    select nobodys.* from public.credit_transactions as nobodys where p_user_id is null and nobodys.user_id is null
  ), entry as materialized (
    select ledger.session_id, ledger.transaction_type::text as transaction_type, peer_exchange.countable(ledger.amount::bigint) as amount,
           ledger.balance_before::bigint as balance_before, ledger.balance_after::bigint as balance_after, ledger.id,
           peer_exchange.credits_moved(ledger.transaction_type::text, ledger.amount::bigint,
                                       peer_exchange.worth(ledger.balance_before::bigint, ledger.held_before::bigint, ledger.owed_before::bigint),
                                       peer_exchange.worth(ledger.balance_after::bigint, ledger.held_after::bigint, ledger.owed_after::bigint)) as change,
           peer_exchange.held_change(ledger.held_before::bigint, ledger.held_after::bigint) as held_change
      from ledger
  ), account as (
    select coalesce(sum(peer_exchange.worth(coalesce(credits.balance, 0)::bigint, credits.held::bigint, credits.owed::bigint)), 0)::bigint as stands_at,
           coalesce(sum(peer_exchange.countable(credits.held::bigint)), 0)::bigint as held,
           count(*) as rows, min(credits.balance)::bigint as lowest_balance, min(credits.owed)::bigint as lowest_owed,
           min(credits.held)::bigint as lowest_held
      from public.credits
     where credits.user_id = p_user_id
  )
  select 'BALANCE_UNEXPLAINED', p_user_id, null::uuid, total.due, account.stands_at,
         'balance and what is held less what is owed is not what the ledger rows add up to'
    from account
   cross join (select coalesce(sum(entry.change), 0)::bigint as due from entry) as total
   where total.due <> account.stands_at
  union all
  select 'HELD_UNEXPLAINED', p_user_id, null, total.due, account.held, 'what is held is not what the ledger rows add up to'
    from account
   cross join (select coalesce(sum(entry.held_change), 0)::bigint as due from entry) as total
   where total.due <> account.held
  union all
  select 'SEVERAL_BALANCES', p_user_id, null, 1, account.rows, 'one person has several balance rows'
    from account
   where account.rows > 1
  union all
  select 'BALANCE_NEGATIVE', p_user_id, null, 0, least(account.lowest_balance, account.lowest_held, account.lowest_owed),
         'neither a balance nor what is held or owed can be below zero'
    from account
   where account.lowest_balance < 0 or account.lowest_held < 0 or account.lowest_owed < 0
  union all
  -- Every entry starts where another one ended, but for the first. By balances and not by neighbours
  -- in time: an application's own row bears the time at which its transaction began, which may be
  -- before rows that it waited for.
  select 'CHAIN_BROKEN', p_user_id, null, 1, loose.starts, 'several entries start where no other entry ended'
    from (select sum(greatest(ends.starting - ends.ending, 0))::bigint as starts
            from (select count(*) filter (where point.is_start) as starting,
                         count(*) filter (where not point.is_start) as ending
                    from entry
                   cross join lateral (values (entry.balance_before, true), (entry.balance_after, false))
                           as point (balance, is_start)
                   where entry.balance_before is not null
                   group by point.balance) as ends) as loose
   where loose.starts > 1
  union all
  select 'AMOUNT_MISMATCH', p_user_id, entry.session_id,
         case when peer_exchange.is_debit(entry.transaction_type)
              then -abs(entry.amount) else abs(entry.amount) end::bigint,
         entry.change, 'entry ' || entry.id || ' moved another amount than it names'
    from entry
   where (peer_exchange.is_debit(entry.transaction_type)
          and entry.change <> -abs(entry.amount))
      or (entry.transaction_type in ('session_earning', 'refund', 'bonus')
          and entry.change <> abs(entry.amount))
      or (entry.transaction_type = 'adjustment' and abs(entry.change) <> abs(entry.amount))
  union all
  select 'AMOUNT_MISMATCH', p_user_id, entry.session_id, hold.due, entry.held_change,
         'entry ' || entry.id || ' held or released another amount than it names'
    from entry
   cross join lateral (
         select case when entry.transaction_type = 'session_hold' then abs(entry.amount) else -abs(entry.amount) end::bigint)
           as hold (due)
   where peer_exchange.is_hold(entry.transaction_type)
     and (entry.held_change <> hold.due or entry.change <> 0);
end $$;

comment on function peer_exchange.verify_person(uuid) is
  'What verify_ledger() finds of one person''s balance and entries.';

create function peer_exchange.verify_sessions(p_session_ids uuid[])
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- Another plan for some sessions than for all.
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with moved as (
    select ledger.session_id,
           coalesce(sum(abs(peer_exchange.countable(ledger.amount::bigint))) filter (where ledger.transaction_type = 'session_payment'), 0)::bigint as paid,
           coalesce(sum(abs(peer_exchange.countable(ledger.amount::bigint))) filter (where ledger.transaction_type = 'session_earning'), 0)::bigint as earned,
           coalesce(sum(abs(peer_exchange.countable(ledger.amount::bigint))) filter (where ledger.transaction_type = 'refund'), 0)::bigint as refunded,
           coalesce(sum(abs(peer_exchange.countable(ledger.amount::bigint))) filter (where ledger.transaction_type = 'session_earning_reversal'), 0)::bigint
             as reversed,
           sum(peer_exchange.held_change(ledger.held_before::bigint, ledger.held_after::bigint))::bigint as held,
           coalesce(sum(greatest(adjusted.change, 0)), 0)::bigint as given,
           coalesce(sum(greatest(-adjusted.change, 0)), 0)::bigint as taken,
           count(*) filter (where ledger.transaction_type = 'session_payment') as payments,
           max(abs(peer_exchange.countable(ledger.amount::bigint))) filter (where ledger.transaction_type = 'session_payment') as dearest_payment
      from public.credit_transactions as ledger
     cross join lateral (
           select case when ledger.transaction_type = 'adjustment'
                       then peer_exchange.credits_moved('adjustment', ledger.amount::bigint,
                              peer_exchange.worth(ledger.balance_before::bigint, ledger.held_before::bigint, ledger.owed_before::bigint),
                              peer_exchange.worth(ledger.balance_after::bigint, ledger.held_after::bigint, ledger.owed_after::bigint)) end) as adjusted (change)
     where ledger.session_id is not null
       and (p_session_ids is null or ledger.session_id = any (p_session_ids))
     group by ledger.session_id
  ), judged as (
    select moved.*, moved.paid - moved.earned as burned, moved.refunded - moved.reversed as restored,
           session.is_peer_booking and session.status::text = 'cancelled' and session.cancelled_at is null
             as is_cancelled_otherwise,
           coalesce(session.held_credits, 0)::bigint as held_by_session,
           coalesce(peer_exchange.may_hold_credits(session.status::text) and session.settled_at is null, false)
             as may_hold_credits
      from moved
      left join public.client_sessions as session on session.id = moved.session_id
     -- A session that is gone was one of peers if it was paid for in credits.
     where coalesce(session.is_peer_booking, moved.payments > 0 or moved.held <> 0)
  )
  select judgement.finding, null::uuid, judged.session_id, judgement.expected, judgement.actual, judgement.detail
    from judged
   cross join lateral (values
         ('PAIR_BROKEN', judged.paid, judged.earned, 'payment and earning of a session differ',
          -- What was burned and has been given back since is whole again.
          judged.burned < 0 or judged.burned > greatest(judged.restored, 0) + judged.given),
         ('PAIR_BROKEN', judged.refunded, judged.reversed, 'refund and reversal of a session differ',
          judged.restored < 0 or judged.restored > greatest(judged.burned - judged.given, 0) + judged.taken),
         ('REFUND_TOO_HIGH', judged.paid, judged.refunded, 'more was given back than was paid',
          judged.refunded > judged.paid),
         ('CHARGED_TWICE', 1::bigint, judged.payments, 'a session was charged several times',
          -- Charged anew after all was given back, it is paid for once.
          judged.payments > 1 and judged.paid - judged.refunded > judged.dearest_payment),
         ('CANCELLED_UNREFUNDED', judged.paid, 0::bigint, 'a session was cancelled without passing through the refund',
          judged.is_cancelled_otherwise and judged.paid > 0 and judged.refunded = 0),
         ('HELD_MISMATCH', judged.held_by_session, judged.held, 'a session holds other credits than the ledger says',
          judged.held <> judged.held_by_session),
         ('HELD_WITHOUT_CAUSE', 0::bigint, judged.held, 'credits are held for a session that is neither asked for nor to be settled',
          judged.held <> 0 and not judged.may_hold_credits))
           as judgement (finding, expected, actual, detail, is_one)
   where judgement.is_one
  union all
  select 'HELD_MISMATCH', null, session.id, session.held_credits::bigint, 0,
         'a session holds other credits than the ledger says'
    from public.client_sessions as session
   where session.held_credits > 0
     and (p_session_ids is null or session.id = any (p_session_ids))
     and not exists (select from public.credit_transactions as ledger where ledger.session_id = session.id);
end $$;

comment on function peer_exchange.verify_sessions(uuid[]) is
  'What verify_ledger() finds of these sessions; NULL: of all that the ledger names.';

create function peer_exchange.verify_all_sessions()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- Ledger and sessions in the order of their indexes; the planner would rather write both to disk and sort them there.
set enable_sort = off
set enable_hashagg = off
set enable_hashjoin = off
as $$
begin
  return query select * from peer_exchange.verify_sessions(null);
end $$;

comment on function peer_exchange.verify_all_sessions() is
  'What verify_ledger() finds of all sessions that the ledger names.';

create function peer_exchange.verify_twin_balances(p_user_id uuid)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance') then
    return query execute $twin$
      select 'TWIN_DRIFTED', user_id, null::uuid, balance::bigint, current_balance::bigint,
             'credits.current_balance differs from credits.balance'
        from public.credits
       where current_balance is distinct from balance
         and ($1 is null or user_id = $1)
    $twin$ using p_user_id;
  end if;
end $$;

comment on function peer_exchange.verify_twin_balances(uuid) is
  'What verify_ledger() finds of the older column current_balance; NULL: of everybody.';

create function peer_exchange.ledger_findings(p_user_id uuid, p_from timestamptz, p_until timestamptz)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- Another plan for some people than for all: a plan for either would sort the whole ledger.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_variable
declare
  is_period     constant boolean := p_from is not null or p_until is not null;
  is_everything constant boolean := p_user_id is null and not is_period;
  person        record;
begin
  -- Whoever is concerned is verified from the first entry to the last.
  for person in
    select credits.user_id as id
      from public.credits
     where is_everything or (credits.user_id = p_user_id and not is_period)
    union
    select distinct ledger.user_id
      from public.credit_transactions as ledger
     where (p_user_id is null or ledger.user_id = p_user_id)
       and (p_from is null or ledger.created_at >= p_from)
       and (p_until is null or ledger.created_at < p_until)
  loop
    return query select * from peer_exchange.verify_person(person.id);
  end loop;
  if is_everything then
    return query select * from peer_exchange.verify_all_sessions();
  else
    return query
      select * from peer_exchange.verify_sessions(array(
               select ledger.session_id
                 from public.credit_transactions as ledger
                where ledger.session_id is not null
                  and (p_user_id is null or ledger.user_id = p_user_id)
                  and (p_from is null or ledger.created_at >= p_from)
                  and (p_until is null or ledger.created_at < p_until)));
  end if;
  return query select * from peer_exchange.verify_twin_balances(p_user_id);
end $$;

comment on function peer_exchange.ledger_findings(uuid, timestamptz, timestamptz) is
  'Every discrepancy of one person, NULL for everybody, and of those alone whom entries of a period concern, whether somebody has accepted it or not.';

create function peer_exchange.verify_ledger_by_owner(p_user_id uuid, p_from timestamptz, p_until timestamptz)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select discrepancy.*
    from peer_exchange.ledger_findings(p_user_id, p_from, p_until) as discrepancy
   where to_jsonb(discrepancy) not in (select to_jsonb(accepted) - array['reason', 'accepted_at', 'accepted_by']
                                         from peer_exchange.accepted_findings as accepted);
end $$;

comment on function peer_exchange.verify_ledger_by_owner(uuid, timestamptz, timestamptz) is
  'What peer_exchange.verify_ledger does, as the owner of the tables.';

create function peer_exchange.verify_ledger_by_owner()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query select * from peer_exchange.verify_ledger_by_owner(null, null, null);
end $$;

comment on function peer_exchange.verify_ledger_by_owner() is
  'What peer_exchange.verify_ledger does, as the owner of the tables.';

create or replace function peer_exchange.verify_ledger(p_user_id uuid, p_from timestamptz default null, p_until timestamptz default null)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_ledger(uuid, timestamptz, timestamptz) is
  'The same for one person, NULL for everybody, and for those alone whom entries of a period concern.';

create or replace function peer_exchange.verify_ledger()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_ledger() is
  'One row per discrepancy between balances, ledger and sessions that nobody has accepted; none in a healthy database. Reads every ledger row.';

create table peer_exchange.accepted_findings (
  finding     text        not null,
  user_id     uuid,
  session_id  uuid,
  expected    bigint,
  actual      bigint,
  detail      text,
  reason      text        not null,
  accepted_by text        not null default current_user,
  accepted_at timestamptz not null default pg_catalog.now()
);

comment on table peer_exchange.accepted_findings is
  'Findings that verify_ledger() leaves out, as long as they say the very same. Deleting a row has it found again.';

comment on column peer_exchange.accepted_findings.reason is 'Why it stays as it is.';

select pg_catalog.pg_extension_config_dump('peer_exchange.accepted_findings', '');

create function peer_exchange.is_history(p_finding text) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_finding in ('CHAIN_BROKEN', 'AMOUNT_MISMATCH', 'PAIR_BROKEN', 'REFUND_TOO_HIGH', 'CHARGED_TWICE', 'CANCELLED_UNREFUNDED')
$$;

comment on function peer_exchange.is_history(text) is
  'Whether a finding is about rows of the ledger alone, which nobody can change any more.';

create function peer_exchange.accept_findings(p_reason text, p_finding text default null) returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  accepted bigint;
begin
  if nullif(btrim(p_reason), '') is null then
    raise null_value_not_allowed using message = 'p_reason is missing', hint = 'Say why these findings stay as they are.';
  end if;
  if not peer_exchange.is_history(p_finding) then
    raise invalid_parameter_value using
      message = format('%s can''t be accepted', p_finding),
      hint    = 'It is about a balance as it is: set it right, or add the ledger row that explains it.';
  end if;
  insert into peer_exchange.accepted_findings (finding, user_id, session_id, expected, actual, detail, reason)
  select discrepancy.finding, discrepancy.user_id, discrepancy.session_id, discrepancy.expected, discrepancy.actual, discrepancy.detail, btrim(p_reason)
    from peer_exchange.verify_ledger() as discrepancy
   where discrepancy.finding = p_finding
      or (p_finding is null and peer_exchange.is_history(discrepancy.finding));
  get diagnostics accepted = row_count;
  return accepted;
end $$;

comment on function peer_exchange.accept_findings(text, text) is
  'Has verify_ledger() leave out what it finds now in the history of the ledger, or one kind of it, and returns how many that are. Whatever changes or comes anew is found as before. For an administrator.';

create function peer_exchange.readable_payload(p_payload json) returns jsonb
language sql immutable
as $$
  select peer_exchange.readable_json(p_payload::text)
$$;

comment on function peer_exchange.readable_payload(json) is
  'What can be read of a payload of type json.';

create function peer_exchange.readable_payload(p_payload jsonb) returns jsonb
language sql immutable
as $$
  select p_payload
$$;

comment on function peer_exchange.readable_payload(jsonb) is
  'A payload of type jsonb, all of which can be read.';

create function peer_exchange.session_told_of(p_type text, p_payload jsonb) returns uuid
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when starts_with(p_type, 'peer_')
                   and p_payload ->> 'session_id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
              then (p_payload ->> 'session_id')::uuid end
$$;

comment on function peer_exchange.session_told_of(text, jsonb) is
  'The session that a notification of the extension tells of; NULL where it tells of none, or is the application''s own.';

create function peer_exchange.is_start_told_of(
  p_payload jsonb, p_starts_at timestamptz, p_session_date date, p_start_time time)
returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_payload ->> 'starts_at' is not null
              then left(p_payload ->> 'starts_at', 19) = to_char(p_starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
              else format('%s %s', p_payload ->> 'session_date', p_payload ->> 'start_time')
                   = to_char(p_session_date + p_start_time, 'YYYY-MM-DD HH24:MI')
         end
$$;

comment on function peer_exchange.is_start_told_of(jsonb, timestamptz, date, time) is
  'Whether a payload names this start of a session.';

create function peer_exchange.reminder_obstacle(p_session_id uuid, p_payload jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  session record;
begin
  select told.status::text as status, lower(told.occupied_during) as starts_at, told.session_date, told.start_time
    into session
    from public.client_sessions as told
   where told.id = p_session_id;
  return case
    when not found                                                     then 'session gone'
    when session.starts_at <= now() or session.status = 'in_progress'
         or peer_exchange.is_over_status(session.status)               then 'session begun'
    when session.starts_at is null
         or not peer_exchange.is_planned_status(session.status)        then 'session cancelled'
    when not peer_exchange.is_start_told_of(p_payload, session.starts_at, session.session_date, session.start_time)
                                                                       then 'session moved'
  end;
end $$;

comment on function peer_exchange.reminder_obstacle(uuid, jsonb) is
  'Why a reminder of a session holds no longer: gone, begun, cancelled or moved; NULL while it does.';

create function peer_exchange.request_reminder_obstacle(p_session_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return case when not exists (select from public.client_sessions as told
                                where told.id = p_session_id
                                  and told.status::text = 'pending_approval'
                                  and told.expires_at > now())
              then 'request over' end;
end $$;

comment on function peer_exchange.request_reminder_obstacle(uuid) is
  'Why a reminder to answer a request holds no longer: it was answered, withdrawn, or has expired; NULL while it waits.';

create function peer_exchange.is_of_booking(p_type text) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_type in ('peer_booking_confirmed_client', 'peer_credits_deducted',
                    'peer_booking_confirmed_practitioner', 'peer_credits_earned')
$$;

comment on function peer_exchange.is_of_booking(text) is 'Whether a notification of this type tells that a session was booked.';

create function peer_exchange.later_notifications(p_ids uuid[])
returns table (notification_id uuid, earlier_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with pending as materialized (
    select waiting.id, waiting.recipient_id, peer_exchange.is_of_booking(waiting.type::text) as is_of_booking,
           peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) as session_id
      from public.notifications as waiting
     where waiting.recipient_id = any (array(select asked.recipient_id from public.notifications as asked
                                              where asked.id = any (p_ids)))
       and waiting.delivery_due_at is not null
       and starts_with(waiting.type::text, 'peer_')
       -- Whoever joins these need not compare those of no session with one another.
       and peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) is not null
  )
  select distinct on (later.id) later.id, earlier.id
    from pending as later
    join pending as earlier on earlier.recipient_id = later.recipient_id and earlier.session_id = later.session_id
   where later.id = any (p_ids)
     and earlier.id < later.id
     and not (earlier.is_of_booking and later.is_of_booking)
   order by later.id, earlier.id desc;
end $$;

comment on function peer_exchange.later_notifications(uuid[]) is
  'Those of these notifications that wait for an earlier one of the same session and recipient, each with the one before it.';

create function peer_exchange.postpone_later_notifications(p_ids uuid[], p_until timestamptz) returns uuid[]
language plpgsql
as $$
#variable_conflict use_variable
declare
  later_ids   uuid[];
  earlier_ids uuid[];
  held_ids    uuid[];
  held_until  timestamptz[];
  postponed   uuid[];
begin
  select array_agg(later.notification_id), array_agg(later.earlier_id)
    into later_ids, earlier_ids
    from peer_exchange.later_notifications(p_ids) as later;
  if later_ids is null then
    return '{}';
  end if;
  -- In a statement of its own: one that waits itself and was changed by the same would be passed over as locked.
  select array_agg(earlier.id), array_agg(earlier.delivery_due_at)
    into held_ids, held_until
    from (select held.id, held.delivery_due_at
            from public.notifications as held
           where held.id = any (earlier_ids)
           order by held.id
             for share skip locked) as earlier;
  with waiting as (
    update public.notifications as notification
       set delivery_due_at = greatest(earlier.delivery_due_at, p_until)
      from unnest(later_ids, earlier_ids) as pair (later_id, earlier_id)
      join unnest(held_ids, held_until) as earlier (id, delivery_due_at) on earlier.id = pair.earlier_id
     where notification.id = pair.later_id
    returning notification.id
  )
  select array_agg(waiting.id) into postponed from waiting;
  return array(select unnest(later_ids) except select unnest(postponed));
end $$;

comment on function peer_exchange.postpone_later_notifications(uuid[], timestamptz) is
  'Has those of these notifications wait that come later than another one; returns those that it leaves as they are, to be passed over.';

create function peer_exchange.release_later_notifications(p_ids uuid[]) returns void
language plpgsql
as $$
begin
  -- What waits is read once for each recipient, however many are done with.
  with done as materialized (
    select done.recipient_id, told.session_id, min(done.id::text)::uuid as id
      from public.notifications as done
     cross join lateral peer_exchange.session_told_of(done.type::text, peer_exchange.readable_payload(done.payload))
             as told (session_id)
     where done.id = any (p_ids)
       and told.session_id is not null
     group by done.recipient_id, told.session_id
  ), waiting as materialized (
    select waiting.id, waiting.recipient_id,
           peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) as session_id
      from public.notifications as waiting
     where waiting.recipient_id = any (array(select done.recipient_id from done))
       and waiting.delivery_due_at > now()
       and coalesce(waiting.delivery_attempts, 0) = 0
  )
  update public.notifications as notification
     set delivery_due_at = now()
   where notification.id in (
           select later.id
             from waiting
             join done using (recipient_id, session_id)
             join public.notifications as later on later.id = waiting.id
            where waiting.id > done.id
            order by later.id
              for no key update of later skip locked);
end $$;

comment on function peer_exchange.release_later_notifications(uuid[]) is
  'Has those notifications handed out again that waited for these.';

create or replace function peer_exchange.notification_preference(p_user_id uuid, p_type text) returns jsonb
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

create or replace function peer_exchange.delivery_obstacle(
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

create or replace function peer_exchange.mark_unwanted_as_read(p_ids uuid[]) returns void
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

create or replace function peer_exchange.claim_notifications(p_batch integer default 50, p_lease interval default '2 minutes')
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

create or replace function peer_exchange.ack_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

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

create or replace function peer_exchange.fail_notification(p_id uuid, p_error text) returns timestamptz
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

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

create or replace function peer_exchange.requeue_notifications(p_ids uuid[]) returns integer
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

create function peer_exchange.wrapped_functions() returns table (id regprocedure, name text, is_for_service boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select wrapped.id, ours.name, ours.caller = 'service'
    from peer_exchange.functions() as ours
   cross join to_regprocedure(format('peer_exchange.%I(%s)', ours.name, ours.arguments)) as wrapped (id)
   where ours.is_in_public
$$;

comment on function peer_exchange.wrapped_functions() is
  'The functions of this schema that PostgREST finds in public.';

create function peer_exchange.make_wrapper(p_wrapped regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute (
    select format('create function public.%1$I(%2$s) returns %3$s language sql %4$s%5$s as %6$L; '
                  || 'comment on function public.%1$I(%7$s) is %8$L',
                  wrapped.proname, pg_get_function_arguments(wrapped.oid), pg_get_function_result(wrapped.oid),
                  case wrapped.provolatile when 's' then 'stable' else 'volatile' end,
                  case when ours.is_for_service then ' set search_path = pg_catalog, pg_temp' else '' end,
                  format('select %s peer_exchange.%I(%s)', case when wrapped.proretset then '* from' else '' end, wrapped.proname,
                         array_to_string(wrapped.proargnames[1:wrapped.pronargs], ', ')),
                  oidvectortypes(wrapped.proargtypes), obj_description(wrapped.oid, 'pg_proc'))
      from pg_proc as wrapped
      join peer_exchange.wrapped_functions() as ours on ours.id = wrapped.oid
     where wrapped.oid = p_wrapped);
  execute (
    select string_agg(format(case when role.name = 'service_role' or role.name = 'authenticated' and not ours.is_for_service
                                  then 'grant execute on function public.%I(%s) to %s'
                                  else 'revoke execute on function public.%I(%s) from %s' end,
                             ours.name, oidvectortypes(wrapped.proargtypes), role.name), '; ')
      from pg_proc as wrapped
      join peer_exchange.wrapped_functions() as ours on ours.id = wrapped.oid
     cross join (select 'public' union all
                 select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')) as role (name)
     where wrapped.oid = p_wrapped);
end $$;

comment on function peer_exchange.make_wrapper(regprocedure) is
  'Makes the function in public that calls one of this schema.';

create procedure peer_exchange.send_all_due_reminders()
language plpgsql
as $$
begin
  while peer_exchange.send_due_reminders() operator(pg_catalog.>) 0 loop
    commit;
  end loop;
end $$;

comment on procedure peer_exchange.send_all_due_reminders() is
  'Reminds everybody who is to be reminded now, in transactions of a thousand sessions each. For service_role and the owner.';

create or replace function peer_exchange.recurring_jobs() returns table (job text, schedule text, command text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select recurring.job, recurring.schedule, recurring.command
    from (values
      ('peer_exchange.send_due_reminders', '* * * * *',
       'call peer_exchange.send_all_due_reminders()', true),
      ('peer_exchange.cancel_orphaned_sessions', '*/5 * * * *',
       'select peer_exchange.cancel_orphaned_sessions()', true),
      ('peer_exchange.settle_due_sessions', '*/5 * * * *',
       'select peer_exchange.settle_due_sessions()', true),
      ('peer_exchange.expire_requests', '*/5 * * * *',
       'select peer_exchange.expire_requests()', true),
      ('peer_exchange.purge_refusals', '17 3 * * *',
       'select peer_exchange.purge_refusals()', to_regproc('peer_exchange.purge_refusals') is not null),
      -- pg_cron keeps a row of every run for ever.
      ('peer_exchange.purge_job_history', '47 3 * * *',
       'delete from cron.job_run_details where end_time < now() - interval ''7 days'' '
       || 'and jobid in (select jobid from cron.job where jobname like ''peer\_exchange.%'')', peer_exchange.has_pg_cron())
    ) as recurring (job, schedule, command, is_needed)
   where recurring.is_needed
$$;

create or replace function peer_exchange.schedule_jobs() returns table (job text, schedule text, command text, action text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
begin
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
                       '* * * * * psql -X -q -d %s -c ''call peer_exchange.send_all_due_reminders()''', current_database());
  end if;
end $$;

comment on function peer_exchange.schedule_jobs() is
  'Has pg_cron send reminders, cancel orphaned sessions, end expired requests, settle sessions that are over and tidy up; where it is missing, says what to run and when. Idempotent. For service_role and the owner.';

create or replace function peer_exchange.unschedule_jobs() returns table (job text, schedule text, command text, action text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
declare
  present record;
begin
  if not peer_exchange.has_pg_cron() then
    return;
  end if;
  for present in
    select scheduled.jobid, scheduled.jobname, scheduled.schedule, scheduled.command
      from cron.job as scheduled
     where scheduled.jobname like 'peer\_exchange.%' and scheduled.username = current_user
     order by scheduled.jobid
  loop
    perform cron.unschedule(present.jobid);
    job      := present.jobname;
    schedule := present.schedule;
    command  := present.command;
    action   := 'unscheduled';
    return next;
  end loop;
end $$;

select pg_catalog.pg_extension_config_dump('peer_exchange.refusals', '');

select pg_catalog.pg_extension_config_dump('peer_exchange.refusals_id_seq', '');

create or replace function peer_exchange.refusals_kept_from() returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.day_begins_at((now() at time zone zone)::date - (peer_exchange.refusal_retention_days() - 1), zone)
    from peer_exchange.default_time_zone() as zone
$$;

create function peer_exchange.figure_time_zone(p_timezone text) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_timezone is not null and not peer_exchange.is_time_zone(p_timezone) then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = format('p_timezone is none that pg_timezone_names lists: %s', quote_literal(p_timezone));
  end if;
  return coalesce(p_timezone, peer_exchange.default_time_zone());
end $$;

comment on function peer_exchange.figure_time_zone(text) is
  'The time zone that figures are asked for in, else the setting peer_exchange.timezone.';

create or replace function peer_exchange.figure_period(p_from date, p_to date, p_timezone text)
returns table (timezone text, first_day date, last_day date, starts_at timestamptz, ends_at timestamptz)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  timezone  := peer_exchange.figure_time_zone(p_timezone);
  last_day  := coalesce(p_to, (now() at time zone timezone)::date);
  first_day := coalesce(p_from, last_day - 89);
  -- In other years the day after may be none any more, and infinite ones have no days at all.
  if first_day < '0001-01-01' or last_day > '9999-12-31' or first_day > last_day or last_day - first_day >= 3660 then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = 'p_from must not be after p_to, at most 3660 days are counted at a time, and in the years 1 to 9999';
  end if;
  starts_at := peer_exchange.day_begins_at(first_day, timezone);
  ends_at   := peer_exchange.day_begins_at(last_day + 1, timezone);
  return next;
end $$;

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
    select (charge.created_at::timestamptz at time zone period.timezone)::date as day,
           count(*) as bookings, sum(abs(peer_exchange.countable(charge.amount::bigint)))::bigint as credits
      from public.credit_transactions as charge
      left join public.client_sessions as session
           on session.id = charge.session_id and charge.transaction_type = 'session_hold'
     where charge.transaction_type in ('session_payment', 'session_hold')
       -- What is paid from held credits was booked when they were held.
       and coalesce(charge.held_before, 0) <= coalesce(charge.held_after, 0)
       and (session.requested_at is null or session.accepted_at is not null)
       and charge.created_at >= period.starts_at
       and charge.created_at < period.ends_at
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
           case when peer_exchange.day_begins_at(period.first_day + number, period.timezone) >= kept_from
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

comment on function peer_exchange.booking_figures(date, date, text) is
  'Bookings and refused bookings, day by day, and the share that succeeded. For service_role, peer_exchange_figures and the owner.';

comment on column peer_exchange.bookings_by_day.bookings is 'Sessions that were paid for on this day, or that credits were held for.';

comment on column peer_exchange.bookings_by_day.credits is 'Credits paid or held for them.';

create function peer_exchange.refusal_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, rpc text, error_code text, refusals bigint, clients bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  select (refusal.refused_at at time zone period.timezone)::date, refusal.rpc, refusal.error_code,
         count(*), count(distinct refusal.client_id)
    from peer_exchange.refusals as refusal
   where refusal.refused_at >= period.starts_at
     and refusal.refused_at < period.ends_at
   group by 1, 2, 3
   order by 1, 4 desc, refusal.rpc collate "C", refusal.error_code collate "C";
end $$;

comment on function peer_exchange.refusal_figures_by_owner(date, date, text) is
  'What peer_exchange.refusal_figures does, as the owner of the tables.';

create or replace function peer_exchange.refusal_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, rpc text, error_code text, refusals bigint, clients bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refusal_figures(date, date, text) is
  'Refused calls by day, function and code. For service_role, peer_exchange_figures and the owner.';

create function peer_exchange.cancellation_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (cancelled_by text, notice_from_hours integer, notice_to_hours integer, cancellations bigint,
               credits_paid bigint, credits_refunded bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
<<asked>>
declare
  period       record;
  default_zone text := peer_exchange.default_time_zone();
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with cancelled as materialized (
    select session.id, session.therapist_id, session.cancelled_by,
           session.cancelled_at::timestamptz as cancelled_at,
           peer_exchange.written_start(session.session_date, session.start_time) as local_start,
           case when peer_exchange.is_time_zone(session.occupied_timezone) then session.occupied_timezone end as kept_zone
      from public.client_sessions as session
     where session.is_peer_booking
       and session.status::text = 'cancelled'
       and (session.requested_at is null or session.accepted_at is not null)
       and session.cancelled_at >= period.starts_at
       and session.cancelled_at < period.ends_at
  ), published as materialized (
    select availability.user_id, min(coalesce(availability.timezone::text, '') collate "C") as timezone
      from public.practitioner_availability as availability
     group by availability.user_id
  ), zone as materialized (
    select named.timezone, peer_exchange.time_zone_or_default(named.timezone) as used
      from (select distinct published.timezone from published) as named
  ), moved as (
    -- Who paid and who earned: the ledger knows it even where one of them is no more.
    select entry.session_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type in ('session_payment', 'session_hold')))[1]
             as client_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_earning'))[1] as practitioner_id,
           -- What is paid from held credits was held before.
           sum(abs(peer_exchange.countable(entry.amount::bigint))) filter (where entry.transaction_type in ('session_payment', 'session_hold')
                                            and coalesce(entry.held_before, 0) <= coalesce(entry.held_after, 0)) as paid,
           sum(abs(peer_exchange.countable(entry.amount::bigint))) filter (where entry.transaction_type in ('refund', 'session_hold_release')) as refunded
      from public.credit_transactions as entry
     where entry.session_id in (select cancelled.id from cancelled)
     group by entry.session_id
  ), told as (
    select case when cancelled.cancelled_by = moved.client_id then 'client'
                when cancelled.cancelled_by = coalesce(moved.practitioner_id, cancelled.therapist_id) then 'practitioner'
                else 'service' end as cancelled_by,
           extract(epoch from (cancelled.local_start at time zone coalesce(cancelled.kept_zone, zone.used, asked.default_zone))
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

comment on function peer_exchange.cancellation_figures(date, date, text) is
  'Cancelled bookings by who cancelled and how long before the start. For service_role, peer_exchange_figures and the owner.';

comment on column peer_exchange.cancellations.credits_paid is 'Credits that had been paid or held for them.';

create function peer_exchange.request_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, requests bigint, accepted bigint, declined bigint, withdrawn bigint, expired bigint,
               cancelled bigint, waiting bigint, median_hours_to_answer numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with request as materialized (
    select session.id, session.status::text as status, session.therapist_id, session.cancelled_by,
           session.requested_at::timestamptz as requested_at, session.accepted_at::timestamptz as accepted_at,
           session.expires_at::timestamptz as expires_at
      from public.client_sessions as session
     where session.requested_at >= period.starts_at
       and session.requested_at < period.ends_at
  ), held as (
    -- Whose credits, and until when: the ledger knows it even where the client is no more.
    select entry.session_id, (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_hold'))[1] as client_id,
           min(entry.created_at::timestamptz) filter (where entry.transaction_type = 'session_hold_release') as released_at
      from public.credit_transactions as entry
     where entry.session_id in (select request.id from request)
     group by entry.session_id
  ), answered as (
    select (request.requested_at at time zone period.timezone)::date as day, request.requested_at,
           case when request.accepted_at is not null then 'accepted'
                when request.status = 'declined' or request.cancelled_by = request.therapist_id then 'declined'
                when request.cancelled_by = held.client_id then 'withdrawn'
                when request.status = 'expired' or peer_exchange.is_expired_hold(request.status, request.expires_at) then 'expired'
                when request.status = 'cancelled' then 'cancelled'
                else 'waiting' end as outcome,
           coalesce(request.accepted_at, held.released_at) as answered_at
      from request
      left join held on held.session_id = request.id
  ), counted as (
    select answered.day, count(*) as requests,
           count(*) filter (where answered.outcome = 'accepted') as accepted,
           count(*) filter (where answered.outcome = 'declined') as declined,
           count(*) filter (where answered.outcome = 'withdrawn') as withdrawn,
           count(*) filter (where answered.outcome = 'expired') as expired,
           count(*) filter (where answered.outcome = 'cancelled') as cancelled,
           count(*) filter (where answered.outcome = 'waiting') as waiting,
           percentile_cont(0.5) within group (order by case when isfinite(answered.answered_at)
                                                       then extract(epoch from answered.answered_at - answered.requested_at) / 3600 end)
             filter (where answered.outcome in ('accepted', 'declined')) as median_hours
      from answered
     group by answered.day
  )
  select period.first_day + number, coalesce(counted.requests, 0), coalesce(counted.accepted, 0),
         coalesce(counted.declined, 0), coalesce(counted.withdrawn, 0), coalesce(counted.expired, 0),
         coalesce(counted.cancelled, 0), coalesce(counted.waiting, 0), round(counted.median_hours::numeric, 1)
    from generate_series(0, period.last_day - period.first_day) as number
    left join counted on counted.day = period.first_day + number
   order by 1;
end $$;

comment on function peer_exchange.request_figures_by_owner(date, date, text) is
  'What peer_exchange.request_figures does, as the owner of the tables.';

create function peer_exchange.request_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, requests bigint, accepted bigint, declined bigint, withdrawn bigint, expired bigint,
               cancelled bigint, waiting bigint, median_hours_to_answer numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.request_figures(date, date, text) is
  'Requests by the day on which they were made, what became of them and how long answers took. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.requests_by_day with (security_invoker = true) as
select day, requests, accepted, declined, withdrawn, expired, cancelled, waiting, median_hours_to_answer
  from peer_exchange.request_figures();

comment on view peer_exchange.requests_by_day is
  'Requests of the last 90 days by the day on which they were made, in the time zone of the setting. request_figures() takes other days and zones.';

comment on column peer_exchange.requests_by_day.accepted is 'Those that became bookings, whatever became of these.';

comment on column peer_exchange.requests_by_day.declined is 'Given up by their practitioners.';

comment on column peer_exchange.requests_by_day.withdrawn is 'Given up by their clients.';

comment on column peer_exchange.requests_by_day.expired is 'Not answered in time.';

comment on column peer_exchange.requests_by_day.cancelled is 'Given up by the application, or since somebody left.';

comment on column peer_exchange.requests_by_day.waiting is 'Not answered yet.';

comment on column peer_exchange.requests_by_day.median_hours_to_answer is 'From the request to its acceptance or refusal; NULL where none was answered.';

create function peer_exchange.no_show_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, absent_clients bigint, absent_practitioners bigint, disputes bigint, open_disputes bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with reported as (
    select (session.no_show_reported_at::timestamptz at time zone period.timezone)::date as day,
           -- Whose session it was the ledger knows even where she is no more.
           exists (select from public.credit_transactions as charge
                    where charge.session_id = session.id
                      and charge.user_id = session.no_show_reported_by
                      and charge.transaction_type in ('session_payment', 'session_hold')) as is_by_client
      from public.client_sessions as session
     where session.no_show_reported_at >= period.starts_at
       and session.no_show_reported_at < period.ends_at
  ), absent as (
    select reported.day, count(*) filter (where not reported.is_by_client) as clients,
           count(*) filter (where reported.is_by_client) as practitioners
      from reported
     group by reported.day
  ), disputed as (
    select (session.disputed_at::timestamptz at time zone period.timezone)::date as day, count(*) as disputes,
           count(*) filter (where session.settled_at is null) as still_open
      from public.client_sessions as session
     where session.disputed_at >= period.starts_at
       and session.disputed_at < period.ends_at
     group by 1
  )
  select period.first_day + number, coalesce(absent.clients, 0), coalesce(absent.practitioners, 0),
         coalesce(disputed.disputes, 0), coalesce(disputed.still_open, 0)
    from generate_series(0, period.last_day - period.first_day) as number
    left join absent on absent.day = period.first_day + number
    left join disputed on disputed.day = period.first_day + number
   order by 1;
end $$;

comment on function peer_exchange.no_show_figures_by_owner(date, date, text) is
  'What peer_exchange.no_show_figures does, as the owner of the tables.';

create function peer_exchange.no_show_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, absent_clients bigint, absent_practitioners bigint, disputes bigint, open_disputes bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.no_show_figures(date, date, text) is
  'Who was reported not to have come, and what was disputed, day by day. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.no_shows_by_day with (security_invoker = true) as
select day, absent_clients, absent_practitioners, disputes, open_disputes from peer_exchange.no_show_figures();

comment on view peer_exchange.no_shows_by_day is
  'Missed and disputed sessions of the last 90 days by the day on which somebody said so, in the time zone of the setting. no_show_figures() takes other days and zones.';

comment on column peer_exchange.no_shows_by_day.absent_clients is 'Sessions whose client did not come, said their practitioners or the application.';

comment on column peer_exchange.no_shows_by_day.absent_practitioners is 'Sessions whose practitioner did not come, said their clients; contradicted or not.';

comment on column peer_exchange.no_shows_by_day.disputes is 'Sessions about which the two disagreed from this day on.';

comment on column peer_exchange.no_shows_by_day.open_disputes is 'Those of them on which nobody has decided yet; the others are settled.';

create function peer_exchange.circulation_figures_by_owner()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint, held bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select coalesce(sum(peer_exchange.worth(account.balance::bigint, account.held::bigint, account.owed::bigint)), 0)::bigint,
         coalesce(sum(peer_exchange.countable(account.balance::bigint)), 0)::bigint, count(*) filter (where account.balance > 0),
         coalesce(sum(peer_exchange.countable(account.owed::bigint)), 0)::bigint, count(*) filter (where account.owed > 0),
         coalesce(sum(peer_exchange.countable(account.held::bigint)), 0)::bigint
    from public.credits as account;
end $$;

comment on function peer_exchange.circulation_figures_by_owner() is
  'What peer_exchange.circulation_figures does, as the owner of the tables.';

create or replace function peer_exchange.circulation_figures()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint, held bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.circulation_figures() is
  'What is in circulation, held and owed now. For service_role, peer_exchange_figures and the owner.';

create or replace view peer_exchange.credits_in_circulation with (security_invoker = true) as
select in_circulation, balance, holders, owed, debtors, held from peer_exchange.circulation_figures();

comment on view peer_exchange.credits_in_circulation is
  'Credits in circulation, held and owed, as of now.';

comment on column peer_exchange.credits_in_circulation.in_circulation is 'balance and what is held less owed: all that was granted, less what adjustments took.';

comment on column peer_exchange.credits_in_circulation.held is 'Credits kept for requests and for sessions that are not settled yet.';

create function peer_exchange.credit_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, granted bigint, adjusted bigint, paid bigint, refunded bigint, in_circulation bigint,
               owed bigint, held bigint)
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
           ledger.transaction_type::text as transaction_type, abs(peer_exchange.countable(ledger.amount::bigint)) as amount,
           peer_exchange.credits_moved(ledger.transaction_type::text, ledger.amount::bigint,
                                       peer_exchange.worth(ledger.balance_before::bigint, ledger.held_before::bigint, ledger.owed_before::bigint),
                                       peer_exchange.worth(ledger.balance_after::bigint, ledger.held_after::bigint, ledger.owed_after::bigint)) as change,
           coalesce(peer_exchange.countable(ledger.owed_after::bigint), 0)
             - coalesce(peer_exchange.countable(ledger.owed_before::bigint), 0) as owed_change,
           peer_exchange.held_change(ledger.held_before::bigint, ledger.held_after::bigint) as held_change
      from public.credit_transactions as ledger
     where ledger.created_at >= period.starts_at
  ), moved as (
    select entry.day,
           sum(entry.change) filter (where entry.transaction_type = 'bonus') as granted,
           sum(entry.change) filter (where entry.transaction_type not in
             ('bonus', 'session_payment', 'session_earning', 'refund', 'session_earning_reversal')) as adjusted,
           sum(entry.amount) filter (where entry.transaction_type = 'session_payment') as paid,
           sum(entry.amount) filter (where entry.transaction_type = 'refund') as refunded,
           sum(entry.change) as change, sum(entry.owed_change) as owed_change,
           sum(entry.held_change) as held_change
      from entry
     group by entry.day
  ), counted as (
    select period.first_day + number as day, moved.granted, moved.adjusted, moved.paid, moved.refunded,
           sum(moved.change) over later as changed_later, sum(moved.owed_change) over later as owed_later,
           sum(moved.held_change) over later as held_later
      from generate_series(0, period.last_day + 1 - period.first_day) as number
      left join moved on moved.day = period.first_day + number
    window later as (order by number desc rows between unbounded preceding and 1 preceding)
  )
  select counted.day, coalesce(counted.granted, 0)::bigint, coalesce(counted.adjusted, 0)::bigint,
         coalesce(counted.paid, 0)::bigint, coalesce(counted.refunded, 0)::bigint,
         (present.in_circulation - coalesce(counted.changed_later, 0))::bigint,
         (present.owed - coalesce(counted.owed_later, 0))::bigint,
         (present.held - coalesce(counted.held_later, 0))::bigint
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
               owed bigint, held bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.credit_figures(date, date, text) is
  'How credits moved, day by day, and what was in circulation at the end of each. For service_role, peer_exchange_figures and the owner.';

create or replace view peer_exchange.credits_by_day with (security_invoker = true) as
select day, granted, adjusted, paid, refunded, in_circulation, owed, held from peer_exchange.credit_figures();

comment on column peer_exchange.credits_by_day.in_circulation is 'Balances and what was held less what was owed, at the end of the day.';

comment on column peer_exchange.credits_by_day.held is 'What was held at the end of the day.';

comment on function peer_exchange.velocity_figures(date, date, text) is
  'How often a credit changed hands. For service_role, peer_exchange_figures and the owner.';

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
  with booked as (
    select entry.user_id,
           sum(case entry.transaction_type when 'session_earning' then abs(peer_exchange.countable(entry.amount::bigint))
                                           when 'session_earning_reversal' then -abs(peer_exchange.countable(entry.amount::bigint))
                                           else 0 end)::bigint as earned,
           sum(case entry.transaction_type when 'session_payment' then abs(peer_exchange.countable(entry.amount::bigint))
                                           when 'refund' then -abs(peer_exchange.countable(entry.amount::bigint))
                                           else 0 end)::bigint as spent
      from public.credit_transactions as entry
     where entry.created_at >= period.starts_at
       and entry.created_at < period.ends_at
       and entry.transaction_type in ('session_earning', 'session_earning_reversal', 'session_payment', 'refund')
     group by entry.user_id, coalesce(entry.session_id, entry.id)
  ), moved as (
    select booked.user_id,
           count(*) filter (where booked.earned > 0) as bookings_given, sum(booked.earned)::bigint as earned,
           count(*) filter (where booked.spent > 0) as bookings_received, sum(booked.spent)::bigint as spent
      from booked
     group by booked.user_id
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

comment on function peer_exchange.person_figures(date, date, text) is
  'What each person earned and spent. For service_role, peer_exchange_figures and the owner.';

comment on column peer_exchange.top_earners.bookings_given is 'Bookings that earned this person credits which no refund took back wholly.';

comment on column peer_exchange.top_spenders.bookings_received is 'Bookings that cost this person credits which no refund gave back wholly.';

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

create or replace function peer_exchange.inactivity_figures(p_days integer default 90, p_timezone text default null)
returns table (user_id uuid, name text, user_role text, member_since timestamptz, last_given_on date,
               last_received_on date, balance bigint, owed bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.inactivity_figures(integer, text) is
  'Active practitioners without a peer session in the last p_days days, or one to come. For service_role, peer_exchange_figures and the owner.';

create function peer_exchange.notification_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, type text, notifications bigint, delivered bigint, waiting bigint, dead bigint,
               not_queued bigint, read bigint, delivery_attempts bigint, average_delivery_seconds numeric,
               longest_delivery_seconds numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
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
                when notification.delivery_error::text = 'told together' then 'not queued'
                when notification.delivery_error is not null then 'dead'
                else 'not queued' end as delivery,
           case when isfinite(notification.delivered_at::timestamptz)
                then extract(epoch from notification.delivered_at::timestamptz - notification.created_at::timestamptz) end as seconds
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
   order by 1, told.type collate "C";
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

comment on function peer_exchange.notification_figures(date, date, text) is
  'Notifications and their delivery by day and type. For service_role, peer_exchange_figures and the owner.';

create or replace view peer_exchange.notification_delivery with (security_invoker = true) as
select day, type, notifications, delivered, waiting, dead, not_queued, read, delivery_attempts,
       average_delivery_seconds, longest_delivery_seconds
  from peer_exchange.notification_figures()
 order by day desc, type collate pg_catalog."C";

comment on view peer_exchange.notification_delivery is
  'Notifications of the last 90 days and their delivery, by day and type, newest first. notification_figures() takes other days and zones.';

comment on column peer_exchange.notification_delivery.not_queued is 'Never meant for delivery, or told by another one.';

create function peer_exchange.keeps_accounts_in_bigint() returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from pg_attribute as balance
                  cross join lateral peer_exchange.base_type(balance.atttypid, balance.atttypmod) as base
                  where balance.attrelid = peer_exchange.host_table('credits')
                    and balance.attname = 'balance'
                    and not balance.attisdropped
                    and base.type = 'bigint'::regtype);
end $$;

comment on function peer_exchange.keeps_accounts_in_bigint() is
  'Whether balances are larger than an integer can be.';

create or replace function peer_exchange.host_columns() returns setof peer_exchange.host_column
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select needed.table_name, needed.column_name, needed.kind,
         case when needed.table_name in ('credits', 'credit_transactions') and kept.in_bigint
              then replace(needed.definition, 'integer', 'bigint')
              else needed.definition end,
         needed.is_key, needed.meaning
    from (select peer_exchange.keeps_accounts_in_bigint()) as kept (in_bigint)
   cross join (values
    ('users', 'id',         'uuid',    'uuid primary key default gen_random_uuid()', true,
     'The person.'),
    ('users', 'email',      'text',    'text unique', false, null),
    ('users', 'first_name', 'text',    'text', false, null),
    ('users', 'last_name',  'text',    'text', false, null),
    ('users', 'user_role',  'label',   'text', false,
     'Who may book and be booked: see the setting peer_exchange.practitioner_roles.'),
    ('users', 'is_active',  'boolean', 'boolean not null default true', false,
     'Only active practitioners book and are booked; deactivating one cancels and refunds the upcoming peer sessions.'),
    ('users', 'location',   'any',     'text', false,
     'Where the person works; people are found by it.'),
    ('users', 'specializations', 'any', 'text[]', false,
     'What the person is especially good at; people are found by it.'),
    ('users', 'created_at', 'instant', 'timestamptz not null default now()', false, null),
    ('users', 'visit_address', 'any',  'text', false,
     'Where the person gives sessions, an address or a link; NULL means location. Whoever has a session there is told.'),

    ('practitioner_products', 'id',               'uuid',    'uuid primary key default gen_random_uuid()', true, null),
    ('practitioner_products', 'practitioner_id',  'uuid',    'uuid references public.users (id) on delete cascade', true,
     'Who offers it.'),
    ('practitioner_products', 'name',             'text',    'text', false, null),
    ('practitioner_products', 'duration_minutes', 'integer', 'integer check (duration_minutes > 0)', false,
     'How long a session of this product lasts; NULL leaves it to the client.'),
    ('practitioner_products', 'credit_cost',      'integer', 'integer check (credit_cost > 0)', false,
     'What it costs, in credits; NULL means its duration at the going rate.'),
    ('practitioner_products', 'is_active',        'boolean', 'boolean not null default true', false,
     'Whether it can be booked.'),
    ('practitioner_products', 'created_at',       'instant', 'timestamptz not null default now()', false, null),

    ('practitioner_availability', 'user_id',       'uuid', 'uuid primary key references public.users (id) on delete cascade', true,
     'The practitioner.'),
    ('practitioner_availability', 'working_hours', 'json', 'jsonb not null default ''{}''', false,
     'Published hours by weekday, {"monday": {"enabled": true, "start": "09:00", "end": "17:00"}} or with several ranges in "hours".'),
    ('practitioner_availability', 'timezone',      'text', 'text', false,
     'The zone of the practitioner''s wall clock; NULL means the setting peer_exchange.timezone.'),

    ('calendar_events', 'id',         'uuid',    'uuid primary key default gen_random_uuid()', true, null),
    ('calendar_events', 'user_id',    'uuid',    'uuid not null references public.users (id) on delete cascade', true,
     'Whose calendar.'),
    ('calendar_events', 'title',      'text',    'text', false, null),
    ('calendar_events', 'start_time', 'instant', 'timestamptz not null', true, null),
    ('calendar_events', 'end_time',   'instant', 'timestamptz not null', true, null),
    ('calendar_events', 'event_type', 'label',   'text not null default ''block''', false,
     'block and unavailable keep peer sessions away.'),
    ('calendar_events', 'status',     'label',   'text not null default ''confirmed''', false,
     'Only confirmed events count.'),

    ('cancellation_policies', 'practitioner_id',        'uuid',    'uuid primary key references public.users (id) on delete cascade', true,
     'Whose policy.'),
    ('cancellation_policies', 'full_refund_hours',      'integer', 'integer not null default 24', false,
     'From so many hours before the start, a client who cancels gets everything back.'),
    ('cancellation_policies', 'partial_refund_hours',   'integer', 'integer not null default 12', false,
     'From so many hours before the start, a client who cancels gets a part back.'),
    ('cancellation_policies', 'partial_refund_percent', 'number',  'numeric not null default 50 check (partial_refund_percent between 0 and 100)', false,
     'How large that part is.'),
    ('cancellation_policies', 'no_refund_hours',        'integer', 'integer', false,
     'Within so many hours before the start nothing goes back; NULL means partial_refund_hours.'),
    ('cancellation_policies', 'is_active',              'boolean', 'boolean not null default true', false,
     'Whether the policy holds; without one everything goes back.'),

    ('client_sessions', 'id',                  'uuid',    'uuid primary key default gen_random_uuid()', true, null),
    ('client_sessions', 'therapist_id',        'uuid',    'uuid references public.users (id) on delete set null', true,
     'Who gives the session and earns.'),
    ('client_sessions', 'client_id',           'uuid',    'uuid references public.users (id) on delete set null', true,
     'Who receives the session and pays.'),
    ('client_sessions', 'client_name',         'text',    'text', false, null),
    ('client_sessions', 'client_email',        'text',    'text', false, null),
    ('client_sessions', 'session_date',        'date',    'date not null', true,
     'On the practitioner''s calendar.'),
    ('client_sessions', 'start_time',          'time',    'time not null', true,
     'On the practitioner''s wall clock.'),
    ('client_sessions', 'duration_minutes',    'integer', 'integer not null check (duration_minutes > 0)', true, null),
    ('client_sessions', 'session_type',        'text',    'text', false, null),
    ('client_sessions', 'notes',               'text',    'text', false, null),
    ('client_sessions', 'status',              'label',   'text not null default ''scheduled''', true,
     'Active are scheduled, confirmed, in_progress, and pending_payment and requests (pending_approval) until they expire.'),
    ('client_sessions', 'payment_status',      'label',   'text not null default ''pending''', false,
     'For show: what was paid and refunded is what the ledger says.'),
    ('client_sessions', 'is_peer_booking',     'boolean', 'boolean not null default false', false,
     'Whether a practitioner receives it and pays in credits.'),
    ('client_sessions', 'credit_cost',         'integer', 'integer', false,
     'For show: what was paid is what the ledger says.'),
    ('client_sessions', 'product_id',          'uuid',    'uuid', false,
     'The product that was booked.'),
    ('client_sessions', 'expires_at',          'instant', 'timestamptz', false,
     'Until when a pending_payment or pending_approval session holds its slot, and a request its credits.'),
    ('client_sessions', 'cancelled_at',        'instant', 'timestamptz', false, null),
    ('client_sessions', 'cancelled_by',        'uuid',    'uuid', false,
     'Who cancelled; NULL where the application did.'),
    ('client_sessions', 'cancellation_reason', 'text',    'text', false, null),
    ('client_sessions', 'idempotency_key',     'text',    'text', false,
     'The key under which the client may ask for the answer again.'),
    ('client_sessions', 'idempotency_digest',  'uuid',    'uuid', false,
     'What was asked for under that key.'),
    ('client_sessions', 'occupied_during',     'period',  'tstzrange', false,
     'The time that the session takes while it is active, else NULL; derived, never written by hand.'),
    ('client_sessions', 'created_at',          'instant', 'timestamptz not null default now()', false, null),
    ('client_sessions', 'occupied_timezone',   'text',    'text', false,
     'The zone of the practitioner''s wall clock when the session was promised; derived, never written by hand.'),
    -- Nullable and without a default: adding them rewrites no table. All of them are written by the library alone.
    ('client_sessions', 'requested_at',        'instant', 'timestamptz', false,
     'When the client asked for it; NULL where it was booked at once.'),
    ('client_sessions', 'accepted_at',         'instant', 'timestamptz', false,
     'When the practitioner accepted the request.'),
    ('client_sessions', 'held_credits',        'integer', 'integer', false,
     'Credits of the client''s that are held for it until it is settled; NULL: none.'),
    ('client_sessions', 'no_show_reported_by', 'uuid',    'uuid', false,
     'Who said that the other party did not come; NULL where the application did.'),
    ('client_sessions', 'no_show_reported_at', 'instant', 'timestamptz', false, null),
    ('client_sessions', 'no_show_reason',      'text',    'text', false,
     'What was said of it.'),
    ('client_sessions', 'disputed_at',         'instant', 'timestamptz', false,
     'When the practitioner contradicted the client''s report.'),
    ('client_sessions', 'dispute_reason',      'text',    'text', false,
     'What she said.'),
    ('client_sessions', 'settled_at',          'instant', 'timestamptz', false,
     'When it was decided whose its credits are, after a no-show or where settlement waits for completion.'),
    -- Left out, below, where the application rates by itself.
    ('client_sessions', 'rating',              'any',     'smallint', false,
     'Stars from 1 to 5 that the client gave it; written by rate_peer_session().'),
    ('client_sessions', 'rating_comment',      'any',     'text', false,
     'What the client said of it.'),
    ('client_sessions', 'rated_at',            'any',     'timestamptz', false,
     'When the client rated it last; NULL: not yet.'),

    -- No foreign key: the row goes with the person by the guard on users, and a row that is updated twice
    -- in one transaction would have it checked again, waiting for whoever is being deleted.
    ('credits', 'user_id',      'uuid',    'uuid primary key', true,
     'Whose balance.'),
    ('credits', 'balance',      'integer', 'integer not null default 0', true,
     'Credits that can be spent.'),
    ('credits', 'owed',         'integer', 'integer not null default 0', false,
     'Credits that a refund took back after they had been spent; the next earnings settle it.'),
    ('credits', 'total_earned', 'integer', 'integer not null default 0', false,
     'Credits earned and granted, less reversals.'),
    ('credits', 'total_spent',  'integer', 'integer not null default 0', false,
     'Credits paid, less refunds.'),
    ('credits', 'updated_at',   'instant', 'timestamptz not null default now()', false, null),
    ('credits', 'held',         'integer', 'integer not null default 0', false,
     'Credits kept for requests and sessions that are not settled yet: the person''s own still, but not to be spent.'),

    -- No foreign keys: the ledger outlives people and sessions.
    ('credit_transactions', 'id',               'uuid',    'uuid primary key default gen_random_uuid()', true, null),
    ('credit_transactions', 'user_id',          'uuid',    'uuid not null', true,
     'Whose balance it moved.'),
    ('credit_transactions', 'transaction_type', 'text',    'text not null', true,
     'session_hold, session_hold_release, session_payment, session_earning, refund, session_earning_reversal, bonus or adjustment.'),
    ('credit_transactions', 'amount',           'integer', 'integer not null check (amount > 0)', true,
     'Credits, positive; the type says in which direction.'),
    ('credit_transactions', 'balance_before',   'integer', 'integer', false, null),
    ('credit_transactions', 'balance_after',    'integer', 'integer not null', true, null),
    ('credit_transactions', 'owed_before',      'integer', 'integer not null default 0', false, null),
    ('credit_transactions', 'owed_after',       'integer', 'integer not null default 0', false, null),
    ('credit_transactions', 'description',      'text',    'text', false, null),
    ('credit_transactions', 'session_id',       'uuid',    'uuid', false,
     'The session that was paid for, if it was one.'),
    ('credit_transactions', 'idempotency_key',  'text',    'text', false,
     'The key of a grant.'),
    ('credit_transactions', 'created_at',       'instant', 'timestamptz not null default now()', false, null),
    ('credit_transactions', 'held_before',      'integer', 'integer not null default 0', false, null),
    ('credit_transactions', 'held_after',       'integer', 'integer not null default 0', false, null),

    -- No foreign key: what was told stays told, and deleting a person waits for no booking.
    ('notifications', 'id',           'uuid',    'uuid primary key default gen_random_uuid()', true, null),
    ('notifications', 'recipient_id', 'uuid',    'uuid', false,
     'Who is told.'),
    ('notifications', 'type',         'label',   'text not null', true,
     'What it tells: peer_booking_confirmed_client and others.'),
    ('notifications', 'title',        'text',    'text not null default ''''', false, null),
    ('notifications', 'body',         'text',    'text', false, null),
    ('notifications', 'payload',      'json',    'jsonb not null default ''{}''', false,
     'The same as data: session_id, credits, balance_after, date, time, duration, the other party.'),
    ('notifications', 'read_at',      'instant', 'timestamptz', false,
     'When it was read; the one thing that the recipient may change.'),
    ('notifications', 'created_at',   'instant', 'timestamptz not null default now()', false, null),
    -- Nullable and without a default: adding them rewrites no table, and rows of the application stay
    -- out of the outbox.
    ('notifications', 'delivery_due_at',   'instant', 'timestamptz', false,
     'When a worker may deliver it; NULL means that there is nothing to deliver.'),
    ('notifications', 'delivery_attempts', 'integer', 'integer', false,
     'How often it was handed to a worker.'),
    ('notifications', 'delivered_at',      'instant', 'timestamptz', false,
     'When a worker said that it was delivered.'),
    ('notifications', 'delivery_error',    'text',    'text', false,
     'Why the last attempt failed, or why there is none.'))
         as needed (table_name, column_name, kind, definition, is_key, meaning)
   where not (needed.table_name = 'client_sessions' and needed.column_name in ('rating', 'rating_comment', 'rated_at'))
      or peer_exchange.keeps_ratings()
$$;

create or replace function peer_exchange.written_values()
returns table (table_name text, column_name text, written text[])
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('client_sessions', 'status', array['pending_approval', 'scheduled', 'completed', 'no_show', 'disputed', 'cancelled', 'declined', 'expired']),
    ('client_sessions', 'payment_status', array['pending', 'held', 'paid', 'refunded', 'partially_refunded']),
    ('credit_transactions', 'transaction_type',
     array['session_hold', 'session_hold_release', 'session_payment', 'session_earning', 'refund', 'session_earning_reversal', 'bonus', 'adjustment']),
    ('notifications', 'type',
     array['peer_booking_confirmed_client', 'peer_credits_deducted', 'peer_booking_confirmed_practitioner',
           'peer_credits_earned', 'peer_booking_cancelled_refunded', 'peer_booking_reminder',
           'peer_booking_rescheduled', 'peer_booking_requested', 'peer_booking_request_reminder', 'peer_booking_declined',
           'peer_booking_withdrawn', 'peer_booking_expired', 'peer_session_settled', 'peer_session_no_show',
           'peer_session_disputed', 'peer_session_rated'])
$$;

create function peer_exchange.former_meanings() returns table (table_name text, column_name text, meaning text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('cancellation_policies', 'no_refund_hours', 'Within so many hours before the start nothing goes back.'),
    ('client_sessions', 'status', 'Active are scheduled, confirmed, in_progress, and pending_payment until it expires.'),
    ('client_sessions', 'expires_at', 'Until when a pending_payment session holds its slot.'),
    ('credit_transactions', 'transaction_type',
     'session_payment, session_earning, refund, session_earning_reversal, bonus or adjustment.')
$$;

comment on function peer_exchange.former_meanings() is
  'Comments that former versions put on columns of the host tables.';

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

create function peer_exchange.has_text_column(p_table_name text, p_column_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_attribute as attribute
                  where attribute.attrelid = peer_exchange.host_table(p_table_name)
                    and attribute.attname = p_column_name
                    and attribute.atttypid in ('text'::regtype, 'varchar'::regtype)
                    and attribute.attgenerated = ''
                    and not attribute.attisdropped)
$$;

create or replace function peer_exchange.has_index(p_table regclass, p_column_names text[], p_is_unique boolean) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from pg_index as existing
     where existing.indrelid = p_table
       and existing.indisvalid
       and existing.indpred is null
       and (not p_is_unique or (existing.indisunique and existing.indnkeyatts = cardinality(p_column_names)))
       and (select array_agg(attribute.attname::text order by attribute.attname)
              from pg_attribute as attribute
             where attribute.attrelid = p_table
               and attribute.attnum = any ((existing.indkey::int2[])[0 : cardinality(p_column_names) - 1]))
           = (select array_agg(wanted order by wanted collate "C") from unnest(p_column_names) as wanted))
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
                                     order by role::regrole::text collate "C")
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

create function peer_exchange.setup_defaults() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', wanted.table_name, wanted.column_name), 'altered',
         'default now(), since what is written here leaves it to its default',
         format('alter table public.%I alter column %I set default now()', wanted.table_name, wanted.column_name)
    from peer_exchange.host_columns() as wanted
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(wanted.table_name)
        and attribute.attname = wanted.column_name
        and not attribute.attisdropped
        and not attribute.atthasdef
   where (wanted.table_name, wanted.column_name)
         in (('client_sessions', 'created_at'), ('credits', 'updated_at'), ('notifications', 'created_at'),
             ('practitioner_products', 'created_at'))
   order by wanted.table_name
$$;

comment on function peer_exchange.setup_defaults() is
  'Steps of setup(): defaults of columns that say when a row was made or changed.';

create function peer_exchange.setup_meanings() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', wanted.table_name, wanted.column_name), 'altered',
         'its comment, which a former version wrote, says what it means now',
         format('comment on column public.%I.%I is %L', wanted.table_name, wanted.column_name, wanted.meaning)
    from peer_exchange.host_columns() as wanted
    join peer_exchange.former_meanings() as former using (table_name, column_name)
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(wanted.table_name)
        and attribute.attname = wanted.column_name
   where col_description(attribute.attrelid, attribute.attnum) = former.meaning
   order by wanted.table_name, wanted.column_name
$$;

comment on function peer_exchange.setup_meanings() is
  'Steps of setup(): comments of columns as a former version wrote them.';

create function peer_exchange.is_admitted(p_type regtype, p_value text) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('select $1::%s', p_type) using p_value;
  return true;
exception
  when check_violation then
    return false;
end $$;

comment on function peer_exchange.is_admitted(regtype, text) is
  'Whether the CHECKs of a domain admit a value.';

create function peer_exchange.checks_of_domain(p_type oid) returns table (name name, expression text, domain regtype)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive level as (
    select p_type as type
    union all
    select domain.typbasetype from level join pg_type as domain on domain.oid = level.type and domain.typtype = 'd'
  )
  select checked.conname, pg_get_expr(checked.conbin, 0), level.type::regtype
    from level
    join pg_constraint as checked on checked.contypid = level.type and checked.contype = 'c'
$$;

comment on function peer_exchange.checks_of_domain(oid) is
  'The CHECKs of a domain, and of the domains that it is of.';

create or replace function peer_exchange.setup_vocabulary() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with closed as (
    select vocabulary.table_name, vocabulary.column_name, vocabulary.written, vocabulary.position,
           attribute.attrelid, attribute.attnum, attribute.atttypid
      from peer_exchange.written_values() with ordinality
             as vocabulary (table_name, column_name, written, position)
      join pg_attribute as attribute
           on attribute.attrelid = peer_exchange.host_table(vocabulary.table_name)
          and attribute.attname = vocabulary.column_name
          and not attribute.attisdropped
  )
  (select format('value %s of type %s', value, closed.atttypid::regtype), 'altered',
          format('added, for public.%s.%s', closed.table_name, closed.column_name),
          format('alter type %s add value %L', closed.atttypid::regtype, value)
     from closed
    cross join unnest(closed.written) with ordinality as listed (value, position)
     join pg_type as type on type.oid = closed.atttypid and type.typtype = 'e'
    where not exists (select from pg_enum as label
                       where label.enumtypid = closed.atttypid and label.enumlabel = value)
    order by closed.position, listed.position)
  union all
  -- In two steps, of which the second reads the rows and keeps nobody from them.
  (select format('constraint %I on public.%s', checked.conname, closed.table_name), 'altered', step.detail,
          format('select peer_exchange.alter_table(%L)', step.statement)
     from closed
     join pg_constraint as checked
          on checked.conrelid = closed.attrelid and checked.contype = 'c'
         and checked.conkey = array[closed.attnum]
    cross join lateral (
          select array_agg(value) as written
            from unnest(closed.written) as value
           where not peer_exchange.passes_check(checked.oid, closed.column_name, value)) as missing
    cross join lateral (values
          (1, format('admits %s besides', array_to_string(missing.written, ', ')),
           format('alter table public.%I drop constraint %I, add constraint %I check ((%s) or %I in (%s)) not valid',
                  closed.table_name, checked.conname, checked.conname,
                  pg_get_expr(checked.conbin, checked.conrelid), closed.column_name,
                  (select string_agg(quote_literal(value), ', ') from unnest(missing.written) as value))),
          (2, 'validated',
           format('alter table public.%I validate constraint %I', closed.table_name, checked.conname)))
          as step (position, detail, statement)
     join pg_type as type on type.oid = closed.atttypid and type.typtype <> 'e'
    where missing.written is not null
    order by closed.position, checked.conname, step.position)
  union all
  -- What it admitted it admits still, so that there is nothing to validate.
  (select format('constraint %I of domain %s', checked.name, checked.domain), 'altered',
          format('admits %s besides, for public.%s.%s', array_to_string(missing.written, ', '), closed.table_name, closed.column_name),
          format('alter domain %1$s drop constraint %2$I; '
                 || 'alter domain %1$s add constraint %2$I check ((%3$s) or value in (%4$s)) not valid',
                 checked.domain, checked.name, checked.expression,
                 (select string_agg(quote_literal(value), ', ') from unnest(missing.written) as value))
     from closed
    cross join lateral peer_exchange.checks_of_domain(closed.atttypid) as checked
    cross join lateral (
          select array_agg(value) as written
            from unnest(closed.written) as value
           where not peer_exchange.is_admitted(checked.domain, value)) as missing
     join pg_type as type on type.oid = closed.atttypid and type.typtype = 'd'
    where missing.written is not null
    order by closed.position, checked.name)
$$;

create or replace function peer_exchange.are_sessions_guarded() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_trigger
                  where tgrelid = peer_exchange.host_table('client_sessions')
                    and tgname = 'zzzz_peer_exchange_3_keep_time'
                    and tgfoid = 'peer_exchange.keep_session_time()'::regprocedure
                    and tgenabled in ('O', 'A')
                    and tgqual is null
                    and cardinality(tgattr::int2[]) = 0)
$$;

comment on function peer_exchange.are_sessions_guarded() is
  'Whether the trigger that derives occupied_during is on, for whatever it follows from.';

create function peer_exchange.wanted_no_overlap() returns peer_exchange.wanted_object
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select 'constraint', 'client_sessions', 'client_sessions_no_overlap',
         'alter table %2$s add constraint %1$I exclude using gist (therapist_id with =, occupied_during with &&) '
         || 'where (occupied_during is not null)',
         'No two active sessions of one practitioner at the same time.'
$$;

comment on function peer_exchange.wanted_no_overlap() is
  'The constraint that keeps the sessions of one practitioner apart.';

create function peer_exchange.column_or_null(p_sessions regclass, p_column_name text, p_type text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when peer_exchange.has_column(p_sessions, p_column_name)
              then format('session.%I::%s', p_column_name, p_type)
              else format('null::%s', p_type) end
$$;

comment on function peer_exchange.column_or_null(regclass, text, text) is
  'The SQL expression of a column of the row session, or of NULL where there is none.';

create function peer_exchange.published_zones() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
           when peer_exchange.has_column(peer_exchange.host_table('practitioner_availability'), 'timezone')
           then $zones$(select distinct on (availability.user_id) availability.user_id,
                               peer_exchange.time_zone_or_default(availability.timezone::text) as timezone
                          from public.practitioner_availability as availability
                         order by availability.user_id)$zones$
           else '(select null::uuid as user_id, null::text as timezone)'
         end
$$;

comment on function peer_exchange.published_zones() is
  'The SQL of the time zones that practitioners have published, one row each.';

create function peer_exchange.is_promised(
  p_occupied_during tstzrange, p_session_date date, p_start timestamptz, p_duration_minutes integer, p_are_guarded boolean)
returns boolean
language sql stable parallel safe
as $$
  select case when p_are_guarded
              then p_session_date between (lower(p_occupied_during) at time zone 'UTC')::date - 1
                                     and (lower(p_occupied_during) at time zone 'UTC')::date + 1
              else p_occupied_during = tstzrange(p_start, p_start + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.is_promised(tstzrange, date, timestamptz, integer, boolean) is
  'Whether the time that a session has is the one that was promised, so that it is not derived anew.';

create function peer_exchange.due_times(p_were_guarded boolean) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(
    $due$public.client_sessions as session
         left join %6$s as published on published.user_id = session.therapist_id
        cross join lateral (
              select case
                       when peer_exchange.is_time_zone(%4$s)
                            -- What was written anew without guards is on today's clock.
                            and (%1$L or %3$s is null
                                 or lower(%3$s) = peer_exchange.written_start(session.session_date, session.start_time)
                                                  at time zone %4$s)
                       then %4$s
                       when session.therapist_id is not null then coalesce(published.timezone, %7$L)
                     end as name
              offset 0) as zone
        cross join lateral (
              select case
                       when not peer_exchange.is_active_status(session.status::text, %5$s) then null
                       -- A hold that has run out since is released by whoever needs its time.
                       when peer_exchange.is_expired_hold(session.status::text, %5$s)
                       then case when %1$L and %2$L then %3$s end
                       when peer_exchange.is_promised(
                              %3$s, session.session_date,
                              peer_exchange.written_start(session.session_date, session.start_time) at time zone zone.name,
                              peer_exchange.whole_minutes(session.duration_minutes), %1$L)
                       then %3$s
                       when session.therapist_id is not null
                       then peer_exchange.occupied_during(
                              session.status::text, session.session_date, session.start_time,
                              peer_exchange.whole_minutes(session.duration_minutes), zone.name, %5$s)
                     end as period
              offset 0) as due$due$,
    p_were_guarded,
    peer_exchange.definition_of('constraint', sessions.id, 'client_sessions_no_overlap') is not null,
    peer_exchange.column_or_null(sessions.id, 'occupied_during', 'tstzrange'),
    peer_exchange.column_or_null(sessions.id, 'occupied_timezone', 'text'),
    peer_exchange.column_or_null(sessions.id, 'expires_at', 'timestamptz'),
    peer_exchange.published_zones(), peer_exchange.default_time_zone())
    from (select peer_exchange.host_table('client_sessions')) as sessions (id)
$$;

comment on function peer_exchange.due_times(boolean) is
  'The SQL of sessions, guarded so far or not, with the time that each takes (due.period) and the time zone in which that is promised (zone.name).';

create function peer_exchange.timed_sessions() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(
    $times$(select session.id, session.therapist_id, due.period as due,
                   (%1$s, %2$s) is distinct from (due.period, zone.name) as is_stale,
                   due.period is null and session.therapist_id is not null
                     and peer_exchange.is_active_status(session.status::text, %3$s)
                     and not peer_exchange.is_expired_hold(session.status::text, %3$s) as lacks_time
              from %4$s
             where peer_exchange.is_active_status(session.status::text, %3$s) or %1$s is not null)$times$,
    peer_exchange.column_or_null(sessions.id, 'occupied_during', 'tstzrange'),
    peer_exchange.column_or_null(sessions.id, 'occupied_timezone', 'text'),
    peer_exchange.column_or_null(sessions.id, 'expires_at', 'timestamptz'),
    peer_exchange.due_times(peer_exchange.are_sessions_guarded()))
    from (select peer_exchange.host_table('client_sessions')) as sessions (id)
$$;

comment on function peer_exchange.timed_sessions() is
  'The SQL of what time sessions take (due), whether their rows say something else (is_stale), and whether it can''t be told (lacks_time).';

create or replace function peer_exchange.overlapping_sessions() returns table (session_id uuid, overlapped_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  session         record;
  practitioner_id uuid;
  latest_id       uuid;
  latest_end      timestamptz;
begin
  for session in execute format(
    'select id, therapist_id as practitioner_id, lower(due) as starts_at, upper(due) as ends_at from %s as times
      where due is not null order by therapist_id, lower(due), id', peer_exchange.timed_sessions())
  loop
    if session.practitioner_id = practitioner_id and session.starts_at < latest_end then
      session_id := session.id;
      overlapped_id := latest_id;
      return next;
      continue when session.ends_at <= latest_end;
    end if;
    practitioner_id := session.practitioner_id;
    latest_id := session.id;
    latest_end := session.ends_at;
  end loop;
end $$;

create function peer_exchange.persistent_triggers() returns table (switched_off text, switched_on text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('alter table public.client_sessions disable %s %I', fired.kind, fired.name),
         format('alter table public.client_sessions enable %s %s %I',
                case fired.state when 'A' then 'always' else 'replica' end, fired.kind, fired.name)
    from (select 'trigger', tgname, tgenabled from pg_trigger
           where tgrelid = peer_exchange.host_table('client_sessions') and not tgisinternal
          union all
          select 'rule', rulename, ev_enabled from pg_rewrite
           where ev_class = peer_exchange.host_table('client_sessions')) as fired (kind, name, state)
   where fired.state in ('A', 'R')
$$;

comment on function peer_exchange.persistent_triggers() is
  'Triggers and rules of sessions that fire always or for replicas, with what switches them off and on again.';

create function peer_exchange.refresh_occupancy_by_owner(p_from bigint, p_before bigint, p_were_guarded boolean)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  persistent text[] := array(select array[fires.switched_off, fires.switched_on] from peer_exchange.persistent_triggers() as fires);
  statement  text;
  refreshed  bigint;
begin
  foreach statement in array persistent[:][1:1] loop
    execute statement;
  end loop;
  execute format(
    $refresh$with stale as materialized (
               select session.ctid, due.period as due, zone.name as timezone
                 from %1$s
                where session.ctid >= format('(%%s,0)', $1)::tid and session.ctid < format('(%%s,0)', $2)::tid
                  and (peer_exchange.is_active_status(session.status::text, session.expires_at) or session.occupied_during is not null)
                  and (session.occupied_during, session.occupied_timezone) is distinct from (due.period, zone.name)
                  for no key update of session skip locked)
             update public.client_sessions as session
                set occupied_during = stale.due, occupied_timezone = stale.timezone
               from stale
              where session.ctid = stale.ctid$refresh$,
    peer_exchange.due_times(p_were_guarded))
    using p_from, p_before;
  get diagnostics refreshed = row_count;
  foreach statement in array persistent[:][2:2] loop
    execute statement;
  end loop;
  return refreshed;
end $$;

comment on function peer_exchange.refresh_occupancy_by_owner(bigint, bigint, boolean) is
  'What peer_exchange.refresh_occupancy does, as the owner of the tables.';

create or replace function peer_exchange.refresh_occupancy(
  p_from bigint default 0, p_before bigint default 4294967295,
  p_were_guarded boolean default peer_exchange.are_sessions_guarded())
returns bigint
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_unnoticed';

comment on function peer_exchange.refresh_occupancy(bigint, bigint, boolean) is
  'Called by setup(): brings occupied_during and occupied_timezone in line with the sessions in some blocks of the table, by which no trigger of the application fires, and returns how many that were.';

create or replace function peer_exchange.setup_session_time() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step       peer_exchange.setup_step := peer_exchange.step_towards(peer_exchange.wanted_no_overlap());
  stale      bigint := 0;
  timeless   bigint := 0;
  conflicts  bigint := 0;
begin
  if peer_exchange.host_table('client_sessions') is not null then
    execute format('select count(*) filter (where is_stale), count(*) filter (where lacks_time) from %s as times',
                   peer_exchange.timed_sessions())
       into stale, timeless;
  end if;
  if timeless > 0 then
    return query execute format(
      $timeless$select format('session %%s', id), 'conflict',
                       'it is active and takes no time, since its date, start or duration is missing or out of range; '
                       || 'mend them or its status and run setup() again', null
                  from %s as times where lacks_time order by id$timeless$, peer_exchange.timed_sessions());
  end if;
  -- What the constraint has kept apart so far does not overlap.
  if stale > 0 or (step.action <> 'unchanged' and peer_exchange.host_table('client_sessions') is not null) then
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
                 peer_exchange.removal_of(peer_exchange.wanted_no_overlap()))::peer_exchange.setup_step;
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
                          ('credits_held_not_negative', 'held'),
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

create or replace function peer_exchange.setup_ledger_foreign_keys() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('foreign key %I on public.credit_transactions', reference.conname), 'altered',
         'dropped: it would delete or change ledger rows with what they refer to',
         format('alter table public.credit_transactions drop constraint %I', reference.conname)
    from pg_constraint as reference
   where reference.conrelid = peer_exchange.host_table('credit_transactions')
     and reference.contype = 'f'
     and (reference.confdeltype in ('c', 'n', 'd') or reference.confupdtype in ('c', 'n', 'd'))
   order by reference.conname
$$;

create function peer_exchange.setup_refund_hours() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'column public.cancellation_policies.no_refund_hours', 'altered',
         'may be NULL, which means partial_refund_hours, and is so unless it is given; look at policies that say 12',
         'alter table public.cancellation_policies alter column no_refund_hours drop not null, '
         || 'alter column no_refund_hours drop default'
    from peer_exchange.former_meanings() as former
    join pg_attribute as made
         on made.attrelid = peer_exchange.host_table(former.table_name)
        and made.attname = former.column_name
        and made.attnotnull
   where former.table_name = 'cancellation_policies'
     and former.column_name = 'no_refund_hours'
     and col_description(made.attrelid, made.attnum) = former.meaning
$$;

comment on function peer_exchange.setup_refund_hours() is
  'Steps of setup(): a column of cancellation policies as a former version made it.';

create type peer_exchange.wanted_index as (
  name text, table_name text, method text, column_names text[], is_unique boolean, condition text, meaning text);

comment on type peer_exchange.wanted_index is 'An index that setup() puts on a host table.';

create function peer_exchange.wanted_indexes() returns setof peer_exchange.wanted_index
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('client_sessions_peer_practitioner_idx', 'client_sessions', 'btree', array['therapist_id', 'session_date'], false, 'is_peer_booking',
     'Row-level security and lists of the sessions that one gives.'),
    ('client_sessions_client_day_idx', 'client_sessions', 'btree', array['client_id', 'session_date'], false, null,
     'Row-level security, lists and overlaps of the sessions that one receives.'),
    ('client_sessions_long_idx', 'client_sessions', 'btree', array['client_id'], false, 'duration_minutes > 10080 and occupied_during is not null',
     'Overlaps of the sessions that one receives and that last longer than a week; empty where nobody has such.'),
    ('client_sessions_idempotency_key_idx', 'client_sessions', 'btree', array['client_id', 'idempotency_key'], true, 'is_peer_booking and idempotency_key is not null',
     'A client uses a key for one booking.'),
    -- No booking writes it: a session is in it once it has taken place.
    ('client_sessions_completed_idx', 'client_sessions', 'btree',
     case when peer_exchange.keeps_ratings() then array['therapist_id', 'rating'] else array['therapist_id'] end,
     false, 'is_peer_booking and status = ''completed''',
     'How many sessions a practitioner has completed.'),
    ('client_sessions_start_idx', 'client_sessions', 'btree', array['occupied_during'], false, 'is_peer_booking and occupied_during is not null',
     'Sessions in the order in which they begin, for reminders.'),
    -- A booking asks every index whether it wants the row, so these serve for as much as they can.
    ('client_sessions_unsettled_idx', 'client_sessions', 'btree', array['occupied_during'], false, 'held_credits > 0',
     'Sessions that are to be settled, in the order in which they begin; empty where nothing is held.'),
    ('client_sessions_request_idx', 'client_sessions', 'btree', array['expires_at', 'client_id'], false, 'held_credits > 0 and accepted_at is null',
     'Requests in the order in which they expire, anybody''s or one client''s.'),
    ('client_sessions_report_idx', 'client_sessions', 'btree', array['settled_at', 'no_show_reported_at', 'disputed_at'], false, 'no_show_reported_at is not null or disputed_at is not null',
     'Reports of a no-show, those first that can still be contradicted, and disputes.'),
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
    ('notifications_pending_idx', 'notifications', 'btree', array['recipient_id'], false, 'delivery_due_at is not null',
     'What a recipient is still to be told, in order; empty while the setting peer_exchange.delivery is off.'),
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
  return query
    select 'index public.' || former.name, 'altered', format('dropped: %s serves instead', former.present_name),
           format('drop index public.%I', former.name)
      from (values ('client_sessions_peer_client_idx',     'client_sessions_client_day_idx'),
                   ('client_sessions_client_occupied_idx', 'client_sessions_client_day_idx'),
                   ('client_sessions_held_client_idx',     'client_sessions_request_idx'),
                   ('client_sessions_no_show_idx',         'client_sessions_report_idx'),
                   ('client_sessions_disputed_idx',        'client_sessions_report_idx')) as former (name, present_name)
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
     'Figures: the cancellations of some days.'),
    ('client_sessions_requested_idx', 'client_sessions', 'btree', array['requested_at'], false, 'requested_at is not null',
     'Figures: the requests of some days.')
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
  acquainted text := format('id = %1$s or id in (select session.client_id from public.client_sessions as session '
                            || 'where session.therapist_id = %1$s union all select session.therapist_id '
                            || 'from public.client_sessions as session where session.client_id = %1$s)', caller);
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
      ('peer_exchange_people',       'users', 'select', true, acquainted, false,
       'People see themselves and those with whom they have or had a session; search_peer_practitioners() finds others.'),
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

create or replace function peer_exchange.covering_policy(p_table_name text, p_command text, p_role_name text) returns name
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select policy.polname
    from pg_policy as policy
    join pg_attribute as owner
         on owner.attrelid = policy.polrelid
        and owner.attname = case p_table_name when 'notifications' then 'recipient_id' else 'user_id' end
    join pg_depend as mention
         on mention.classid = 'pg_policy'::regclass
        and mention.objid = policy.oid
        and mention.refobjid = policy.polrelid
        and mention.refobjsubid = owner.attnum
   where policy.polrelid = peer_exchange.host_table(p_table_name)
     and p_table_name in ('credits', 'credit_transactions', 'notifications')
     and policy.polpermissive
     and policy.polcmd in (case p_command when 'select' then 'r'::"char" else 'w'::"char" end, '*'::"char")
     and policy.polname not like 'peer\_exchange\_%'
     and (0 = any (policy.polroles)
          or exists (select from pg_roles where rolname = p_role_name and oid = any (policy.polroles)))
   order by policy.polname
   limit 1
$$;

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
   order by name collate "C"
$$;

create function peer_exchange.wanted_triggers() returns setof peer_exchange.wanted_object
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'trigger', wanted.table_name, wanted.name, 'create trigger %1$I ' || wanted.definition, wanted.meaning
    from (values
      -- These judge and derive from the row as it will be stored, so they fire after the application's own: triggers fire
      -- in the order of their names.
      ('client_sessions', 'zzzz_peer_exchange_1_guard_change',
       'before update on %2$s for each row when (old.is_peer_booking or new.is_peer_booking) '
       || 'execute function peer_exchange.guard_session_change()', true,
       'Refuses direct changes of what carries money or identity in a peer session.'),
      ('client_sessions', 'zzzz_peer_exchange_1_guard_insert',
       'before insert on %2$s for each row when (new.is_peer_booking) execute function peer_exchange.guard_session_insert()', true,
       'A peer session that a person inserts is her own as its client, and not paid for yet.'),
      ('client_sessions', 'zzzz_peer_exchange_2_write_payment',
       'before insert or update on %2$s for each row execute function peer_exchange.write_payment()', true,
       'Writes what a booking, a charge or a cancellation makes of the payment.'),
      ('client_sessions', 'zzzz_peer_exchange_3_keep_time',
       'before insert or update on %2$s for each row execute function peer_exchange.keep_session_time()', true,
       'Derives occupied_during and occupied_timezone, and keeps the sessions of one person apart.'),
      ('client_sessions', 'peer_exchange_1_check_time',
       'after insert or update on %2$s for each row execute function peer_exchange.keep_session_time()', true,
       'Checks that these were derived from the row as it is stored.'),
      ('client_sessions', 'peer_exchange_2_await_charge',
       'after insert on %2$s referencing new table as inserted_rows for each statement '
       || 'execute function peer_exchange.await_charge()', true,
       'Remembers which sessions their clients have inserted to be charged.'),
      ('client_sessions', 'peer_exchange_3_refund',
       'after update on %2$s referencing old table as former_rows new table as present_rows '
       || 'for each statement execute function peer_exchange.refund_direct_cancellations()', true,
       'Refunds peer sessions whose status is set to cancelled directly.'),
      ('client_sessions', 'peer_exchange_4_guard_delete',
       'before delete on %2$s for each row execute function peer_exchange.guard_session_removal()', true,
       'Refuses to delete a peer session that was paid for.'),
      ('client_sessions', 'peer_exchange_5_guard_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.refuse_truncation()', true,
       'Sessions are never emptied away: refuses TRUNCATE.'),
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
       'after update on %2$s for each row execute function peer_exchange.release_departing_person()', true,
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
      ('practitioner_availability', 'peer_exchange_guard_hours',
       'before insert or update on %2$s for each row execute function peer_exchange.guard_hours()',
       peer_exchange.is_made_by_setup('practitioner_availability') or peer_exchange.host_table('practitioner_availability') is null,
       'Refuses hours and time zones that nobody can read.'),
      ('cancellation_policies', 'peer_exchange_guard_policy',
       'before insert or update on %2$s for each row execute function peer_exchange.guard_policy()',
       peer_exchange.is_made_by_setup('cancellation_policies') or peer_exchange.host_table('cancellation_policies') is null,
       'Refuses cancellation policies that can''t be kept.'),
      ('credits', 'peer_exchange_no_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.refuse_truncation()', true,
       'Balances are never emptied away: refuses TRUNCATE.'),
      ('credits', 'peer_exchange_mirror',
       'before insert or update on %2$s for each row execute function peer_exchange.mirror_balance()',
       peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance'),
       'Keeps balance and its older twin current_balance equal.'),
      -- Before any trigger of the application, which may read it.
      ('client_sessions', '0_peer_exchange_time_zone',
       'before insert or update on %2$s for each row execute function peer_exchange.fill_session_time_zone()',
       peer_exchange.has_text_column('client_sessions', 'session_timezone'),
       'Fills session_timezone of peer sessions that are booked or moved.'),
      ('notifications', 'peer_exchange_mirror',
       'before insert on %2$s for each row execute function peer_exchange.mirror_notification()',
       peer_exchange.has_column(peer_exchange.host_table('notifications'), 'user_id')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'message')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'metadata'),
       'Fills the older twins user_id, message and metadata of a notification.'),
      ('notifications', 'peer_exchange_mirror_read',
       'before update on %2$s for each row execute function peer_exchange.mirror_read()',
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
  (select format('trigger %s on %s', former.tgname, former.tgrelid::regclass), 'altered', 'dropped: nothing needs it any more',
          format('drop trigger %I on %s', former.tgname, former.tgrelid::regclass)
     from pg_trigger as former
     join peer_exchange.own_functions() as own on own.id = former.tgfoid
     join peer_exchange.host_tables() as host (name, meaning) on former.tgrelid = peer_exchange.host_table(host.name)
    where not exists (select from peer_exchange.wanted_triggers() as wanted
                       where wanted.table_name = host.name and wanted.name = former.tgname)
    order by host.name, former.tgname)
  union all
  select step.*
    from peer_exchange.wanted_triggers() as wanted
   cross join lateral peer_exchange.step_towards(wanted) as step
$$;

create function peer_exchange.relocated_tables() returns table (table_name text, relocated regclass)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select host.name, candidate.oid::regclass
    from peer_exchange.host_tables() as host (name, meaning)
    join pg_class as candidate on candidate.relkind in ('r', 'p') and candidate.relpersistence <> 't'
    join pg_namespace as space on space.oid = candidate.relnamespace
   where peer_exchange.host_table(host.name) is null
     and not exists (select from peer_exchange.host_columns() as key
                      where key.table_name = host.name and key.is_key
                        and not exists (select from pg_attribute as its_own
                                         where its_own.attrelid = candidate.oid
                                           and its_own.attname = key.column_name
                                           and not its_own.attisdropped
                                           and (key.kind <> 'uuid' or its_own.atttypid = 'uuid'::regtype)))
     and ((candidate.relname = host.name
           and host.name in ('client_sessions', 'credits', 'credit_transactions')
           and space.nspname not in ('pg_catalog', 'information_schema'))
          or exists (select from pg_trigger as guard
                       join peer_exchange.own_functions() as own on own.id = guard.tgfoid
                       join peer_exchange.wanted_triggers() as wanted
                            on wanted.table_name = host.name and wanted.name = guard.tgname
                      where guard.tgrelid = candidate.oid))
$$;

comment on function peer_exchange.relocated_tables() is
  'Host tables that are missing in public, with what they seem to have become.';

create function peer_exchange.base_type(p_type oid, p_modifier integer) returns table (type regtype, modifier integer)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive level as (
    select p_type as type, p_modifier as modifier
    union all
    select domain.typbasetype, domain.typtypmod
      from level
      join pg_type as domain on domain.oid = level.type and domain.typtype = 'd'
  )
  select level.type, level.modifier
    from level
    join pg_type as last on last.oid = level.type and last.typtype <> 'd'
$$;

comment on function peer_exchange.base_type(oid, integer) is
  'The type, with its modifier, that a type is when it is a domain, else itself.';

create function peer_exchange.rules_in_the_way()
returns table (table_name text, name text, is_in_the_way_of_credits boolean, cure text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select written.table_name, quote_ident(rule.rulename), written.is_of_credits,
         format('Postgres can''t run %s beside it; have a trigger do the same, and DROP RULE %I ON public.%I', written.what,
                rule.rulename, written.table_name)
    -- As pg_rewrite numbers UPDATE and INSERT.
    from (values ('credits', '2', true, 'what moves credits'),
                 ('credit_transactions', '3', true, 'what moves credits'),
                 ('notifications', '2', false, 'what hands out notifications'),
                 ('practitioner_availability', '2', false, 'set_working_hours()'),
                 ('cancellation_policies', '2', false, 'set_cancellation_policy()'),
                 ('calendar_events', '3', false, 'block_time()')) as written (table_name, event, is_of_credits, what)
    join pg_rewrite as rule on rule.ev_class = peer_exchange.host_table(written.table_name) and rule.ev_type::text = written.event
   where rule.ev_enabled <> 'D'
   order by written.table_name collate "C", rule.rulename
$$;

comment on function peer_exchange.rules_in_the_way() is
  'Rules of the application on tables that statements of ours write in a WITH, with the way out.';

create or replace function peer_exchange.setup_obstacles() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select wanted.*, peer_exchange.host_table(wanted.table_name) as host_table
      from peer_exchange.host_columns() as wanted
  ), present as (
    select wanted.*, attribute.attname is not null as exists, attribute.attgenerated <> '' as is_generated,
           base.type,
           -- Of a type that an extension brings, in whichever schema that lives.
           (select named.typname from pg_type as named where named.oid = base.type) as type_name,
           type.typtype = 'e' as is_enum
      from wanted
      join pg_class as class on class.oid = wanted.host_table and class.relkind = 'r'
      left join pg_attribute as attribute
           on attribute.attrelid = wanted.host_table
          and attribute.attname = wanted.column_name
          and not attribute.attisdropped
      left join pg_type as type on type.oid = attribute.atttypid
      left join lateral peer_exchange.base_type(attribute.atttypid, attribute.atttypmod) as base on true
  )
  select 'table public.' || class.relname, 'conflict',
         'it is not an ordinary table; rename it and run setup() again', null
    from pg_class as class
   where class.oid in (select wanted.host_table from wanted) and class.relkind <> 'r'
  union all
  -- A partition gets no columns of its own, and what fires once for a statement does not fire where that is its parent's.
  select 'table public.' || class.relname, 'conflict',
         format('it is a partition of %1$s, and what guards it does not guard all that is written through that; '
                || 'ALTER TABLE %1$s DETACH PARTITION public.%2$I', link.inhparent::regclass, class.relname), null
    from pg_class as class
    join pg_inherits as link on link.inhrelid = class.oid
   where class.oid in (select wanted.host_table from wanted) and class.relispartition
  union all
  select 'table public.' || missing.table_name, 'conflict',
         format('it is missing, and %1$s seems to be it; %2$s; if it is another table, %3$s', missing.relocated,
                case when class.relnamespace = 'public'::regnamespace
                     then format('ALTER TABLE %s RENAME TO %I', missing.relocated, missing.table_name)
                     else format('ALTER TABLE %s SET SCHEMA public', missing.relocated) end,
                case when class.relname = missing.table_name then 'give it another name' else 'drop the triggers of peer_exchange on it' end),
         null
    from peer_exchange.relocated_tables() as missing
    join pg_class as class on class.oid = missing.relocated
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         format('it is generated, and written here; ALTER TABLE public.%s ALTER COLUMN %s DROP EXPRESSION', present.table_name, present.column_name),
         null
    from present
   where present.is_generated
     and present.table_name in ('client_sessions', 'credits', 'credit_transactions', 'notifications')
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
    join lateral peer_exchange.base_type(attribute.atttypid, attribute.atttypmod) as base
         on base.type in ('varchar'::regtype, 'bpchar'::regtype)
        -- The declared length is kept with the four bytes of a header added.
        and base.modifier between 4 and length(longest.value) + 3
  union all
  select 'rule ' || rule.name || ' on public.' || rule.table_name, 'conflict', rule.cure, null
    from peer_exchange.rules_in_the_way() as rule
   where rule.is_in_the_way_of_credits
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

create function peer_exchange.application_functions()
returns table (id oid, name name, body text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select routine.oid, routine.proname,
         -- A remark calls nothing.
         regexp_replace(regexp_replace(coalesce(pg_get_function_sqlbody(routine.oid), routine.prosrc),
                                       '--[^\n]*', ' ', 'g'), '/\*.*?\*/', ' ', 'g')
    from pg_proc as routine
    join pg_namespace as space on space.oid = routine.pronamespace
    join pg_language as language on language.oid = routine.prolang
   where space.nspname not in ('pg_catalog', 'information_schema', 'peer_exchange')
     and language.lanname not in ('internal', 'c')
     and not exists (select from pg_depend as member
                      where member.classid = 'pg_proc'::regclass and member.objid = routine.oid and member.deptype = 'e')
$$;

comment on function peer_exchange.application_functions() is
  'Functions that belong to no extension, with what they say.';

create function peer_exchange.call_of(p_names text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('\m(%s)\M"?\s*\(', string_agg(regexp_replace(name, '([^\w])', '\\\1', 'g'), '|')) from unnest(p_names) as name
$$;

comment on function peer_exchange.call_of(text[]) is
  'A pattern that calls of these functions match.';

create function peer_exchange.write_of(p_schema text, p_tables text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('\m(insert\s+into|update|delete\s+from|merge\s+into)\s+(only\s+)?("?%s"?\s*\.\s*)?"?(%s)\M',
                regexp_replace(p_schema, '([^\w])', '\\\1', 'g'),
                string_agg(regexp_replace(name, '([^\w])', '\\\1', 'g'), '|'))
    from unnest(p_tables) as name
$$;

comment on function peer_exchange.write_of(text, text[]) is
  'A pattern that statements match which write one of these tables of a schema, whether they name the schema or not.';

create function peer_exchange.counts_of_arguments(p_body text, p_name text) returns setof integer
language plpgsql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
declare
  rest    text;
  shorter text;
begin
  for rest in
    select part.text
      from regexp_split_to_table(regexp_replace(p_body, '\mpeer_exchange_legacy\.\w+', '', 'g'),
                                 peer_exchange.call_of(array[p_name])) with ordinality as part (text, position)
     where part.position > 1
  loop
    shorter := translate(regexp_replace(rest, '''[^'']*''', '0', 'g'), '[]', '()');
    loop
      rest := shorter;
      shorter := regexp_replace(rest, '\([^()]*\)', '', 'g');
      exit when shorter = rest;
    end loop;
    rest := split_part(rest, ')', 1);
    return next case when btrim(rest, E' \t\n') = '' then 0 else 1 + length(rest) - length(replace(rest, ',', '')) end;
  end loop;
end $$;

comment on function peer_exchange.counts_of_arguments(text, text) is
  'With how many arguments a body calls a function, once for each call.';

create function peer_exchange.raising() returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select '\m(raise\s*(;|(?!(notice|warning|info|log|debug)\M)\w|'')|assert\M)'
$$;

comment on function peer_exchange.raising() is
  'A pattern that bodies match which raise errors.';

create function peer_exchange.functions_in_reach(p_function oid) returns table (id oid, body text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body, lower(application.body collate "C") as lowered,
           lower(application.name::text collate "C") as name, peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
  ), reached as (
    select p_function as id
    union
    -- Most bodies do not say the name at all, which is asked first since it costs little.
    select callee.id
      from reached
      join routine as caller using (id)
      join routine as callee
           on case when strpos(caller.lowered, callee.name) > 0 then caller.body collate "C" ~* callee.call end
  )
  select routine.id, routine.body from reached join routine using (id)
$$;

comment on function peer_exchange.functions_in_reach(oid) is
  'A function of the application with those that it calls, and those that they call, with what they say.';

create function peer_exchange.argument_names(p_function oid, p_are_required boolean) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(coalesce(routine.proargnames[argument.position], '') order by argument.place), '{}')
    from pg_proc as routine
   cross join lateral (
         select mode.position, row_number() over (order by mode.position) as place
           from unnest(coalesce(routine.proargmodes,
                                array_fill('i'::"char", array[routine.pronargs::integer]))) with ordinality as mode (label, position)
          where mode.label in ('i', 'b', 'v')) as argument
   where routine.oid = p_function
     and (not p_are_required or argument.place <= routine.pronargs - routine.pronargdefaults)
$$;

comment on function peer_exchange.argument_names(oid, boolean) is
  'The names of the arguments that a call of a function may give, or of those that it has to.';

create function peer_exchange.functions_in_the_way() returns setof regprocedure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select older.oid::regprocedure
    from pg_proc as older
    join peer_exchange.wrapped_functions() as ours on ours.name = older.proname
    join pg_proc as wrapped on wrapped.oid = ours.id
   where older.pronamespace = 'public'::regnamespace
     and older.oid not in (select own.id from peer_exchange.own_functions() as own)
     and (older.proargtypes = wrapped.proargtypes
          -- There is a call that both could answer.
          or (peer_exchange.argument_names(older.oid, true) <@ peer_exchange.argument_names(wrapped.oid, false)
              and peer_exchange.argument_names(wrapped.oid, true) <@ peer_exchange.argument_names(older.oid, false)))
   order by older.oid::regprocedure::text collate "C"
$$;

comment on function peer_exchange.functions_in_the_way() is
  'Functions of the application that bear the name of an RPC and could not be told from it.';

create function peer_exchange.legacy_name(p_older regprocedure) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select place.name
    from pg_proc as older
   cross join generate_series(1, 1000) as number
   cross join lateral (select older.proname || case when number > 1 then '_' || number else '' end) as place (name)
   where older.oid = p_older
     and to_regprocedure(format('peer_exchange_legacy.%I(%s)', place.name, oidvectortypes(older.proargtypes))) is null
   order by number
   limit 1
$$;

comment on function peer_exchange.legacy_name(regprocedure) is
  'What a function will be called in peer_exchange_legacy.';

create function peer_exchange.move_older_function(p_older regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  place     text := peer_exchange.legacy_name(p_older);
  name      name;
  arguments text;
begin
  select proname, oidvectortypes(proargtypes) into name, arguments from pg_proc where oid = p_older;
  if to_regnamespace('peer_exchange_legacy') is null then
    create schema peer_exchange_legacy;
  end if;
  if place <> name then
    execute format('alter routine public.%I(%s) rename to %I', name, arguments, place);
  end if;
  execute format('alter routine public.%I(%s) set schema peer_exchange_legacy', place, arguments);
  raise notice 'peer_exchange: public.%(%) was moved to peer_exchange_legacy.%', name, arguments, place;
end $$;

comment on function peer_exchange.move_older_function(regprocedure) is
  'Called by setup(): moves a function of the application to peer_exchange_legacy.';

create function peer_exchange.callers_of(p_moved oid[], p_action text) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with moved as (
    select older.oid as id, ours.name, older.pronargs, older.pronargdefaults, oidvectortypes(older.proargtypes) as arguments
      from pg_proc as older
      join peer_exchange.wrapped_functions() as ours on older.proname ~ format('^%s(_\d+)?$', ours.name)
     where older.oid = any (p_moved)
  ), called as (
    select caller.id, moved.name
      from moved
      join peer_exchange.application_functions() as caller on caller.body ~ moved.name
      -- A body of the SQL standard is bound to what it calls.
      join pg_proc as stored on stored.oid = caller.id and stored.prosqlbody is null
     cross join lateral peer_exchange.counts_of_arguments(caller.body, moved.name) as given (arguments)
     where given.arguments between moved.pronargs - moved.pronargdefaults and moved.pronargs
       -- Another one of the application's that stays is meant.
       and not exists (select from pg_proc as other
                        where other.pronamespace = 'public'::regnamespace
                          and other.proname = moved.name
                          and other.oid <> all (p_moved)
                          and other.oid not in (select own.id from peer_exchange.own_functions() as own)
                          and given.arguments between other.pronargs - other.pronargdefaults and other.pronargs)
     group by caller.id, moved.name
  )
  select ('function ' || called.id::regprocedure) collate "C", p_action,
         format('it calls %1$s, which was moved to peer_exchange_legacy: from now on it finds ours of that name, which acts by our rules '
                || 'and for the person of the claims; rewrite it, or have it call peer_exchange_legacy.%1$s',
                string_agg(called.name, ', ' order by called.name collate "C")), null
    from called
   group by called.id
  union all
  select pg_describe_object(bound.classid, bound.objid, bound.objsubid), p_action,
         format('it is bound to %s(%s) still, which was moved to peer_exchange_legacy: make it anew', moved.name, moved.arguments), null
    from moved
    join pg_depend as bound
         on bound.refclassid = 'pg_proc'::regclass and bound.refobjid = moved.id and bound.deptype = 'n'
   order by 1
$$;

comment on function peer_exchange.callers_of(oid[], text) is
  'Rows of setup() about what calls functions that are moved to peer_exchange_legacy, or were.';

create function peer_exchange.setup_callers_of_legacy_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select *
    from peer_exchange.callers_of(array(select oid from pg_proc where pronamespace = to_regnamespace('peer_exchange_legacy')),
                                  'unchanged')
$$;

comment on function peer_exchange.setup_callers_of_legacy_functions() is
  'Rows of setup() about what calls functions that were moved; none once schema peer_exchange_legacy is dropped.';

create function peer_exchange.setup_public_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  (select 'function ' || older.id, 'altered',
          format('moved to peer_exchange_legacy.%s: a call of it could not be told from one of ours', peer_exchange.legacy_name(older.id)),
          format('select peer_exchange.move_older_function(%L)', older.id)
     from peer_exchange.functions_in_the_way() as older (id)
    order by older.id::text collate "C")
  union all
  select *
    from peer_exchange.callers_of(array(select older.id::oid from peer_exchange.functions_in_the_way() as older (id)), 'conflict')
  union all
  (select 'function ' || replace(ours.id::text, 'peer_exchange.', 'public.'), 'created', obj_description(ours.id, 'pg_proc'),
          format('select peer_exchange.make_wrapper(%L); alter extension peer_exchange add function public.%I(%s); '
                 || 'select peer_exchange.open_to_owner()',
                 ours.id, wrapped.proname, oidvectortypes(wrapped.proargtypes))
     from peer_exchange.wrapped_functions() as ours
     join pg_proc as wrapped on wrapped.oid = ours.id
    where not exists (select from peer_exchange.own_functions() as own
                        join pg_proc as present on present.oid = own.id
                       where present.pronamespace = 'public'::regnamespace
                         and present.proname = wrapped.proname)
    order by wrapped.proname)
$$;

comment on function peer_exchange.setup_public_functions() is
  'Steps of setup(): functions of the application that make way for ours, and ours in their place.';

create function peer_exchange.people_roles() returns table (id oid, name text, is_common boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 0::oid, 'public', true
  union all
  select role.oid, role.rolname::text, true from pg_roles as role where role.rolname in ('anon', 'authenticated')
  union all
  select role.oid, role.rolname::text, false
    from pg_roles as role
   where not role.rolsuper
     and role.rolname not in ('anon', 'authenticated')
     and exists (select from pg_roles as common
                  where common.rolname in ('anon', 'authenticated') and pg_has_role(role.oid, common.oid, 'usage'))
     and not exists (select from pg_roles as service
                      where service.rolname = 'service_role' and pg_has_role(role.oid, service.oid, 'member'))
     and not coalesce(pg_has_role(role.oid, peer_exchange.host_owner(), 'usage'), false)
$$;

comment on function peer_exchange.people_roles() is
  'The roles of people: everybody, those of PostgREST that there are, and others that have what those have.';

create function peer_exchange.names_of_roles(p_ids oid[]) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(string_agg(role.name, ', ' order by role.id <> 0, role.name collate "C") filter (where role.is_common),
                  string_agg(quote_ident(role.name), ', ' order by role.name collate "C"))
    from peer_exchange.people_roles() as role
   where role.id = any (p_ids)
$$;

comment on function peer_exchange.names_of_roles(oid[]) is
  'Names of roles of people, for a GRANT or REVOKE: the common ones, or others where none of those is among them.';

create function peer_exchange.writing_of_credits() returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.write_of('public', array['credits', 'credit_transactions'])
$$;

comment on function peer_exchange.writing_of_credits() is
  'A regular expression for a statement that writes balances or ledger.';

create function peer_exchange.functions_that_write_credits() returns setof oid
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body,
           -- Whoever names it plainly calls ours in its place.
           case when stored.pronamespace = to_regnamespace('peer_exchange_legacy') then '\mpeer_exchange_legacy\M"?\s*\.\s*"?' else '' end
             || peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
      join pg_proc as stored on stored.oid = application.id
  ), writing as (
    select routine.id, routine.call
      from routine
     where routine.body collate "C" ~* peer_exchange.writing_of_credits()
        or (routine.body collate "C" ~* '\mexecute\M' and routine.body collate "C" ~* '\m(credits|credit_transactions)\M')
        or routine.body collate "C" ~* peer_exchange.call_of(array['grant_credits', 'adjust_credits', 'allocate_credits'])
    union
    select caller.id, caller.call
      from writing
      join routine as caller on caller.body collate "C" ~* writing.call
  )
  select writing.id from writing
$$;

comment on function peer_exchange.functions_that_write_credits() is
  'Functions of the application that write balances or ledger, themselves or by others.';

create function peer_exchange.setup_open_functions(p_writing oid[]) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'function ' || door.id::regprocedure, 'conflict',
         format('it writes balances or ledger with the rights of %1$s, and is open to %2$s; look who needs it, and close it: '
                || 'REVOKE EXECUTE ON FUNCTION %3$s FROM %2$s', routine.proowner::regrole, open.roles, door.id::regprocedure), null
    from unnest(p_writing) as door (id)
    join pg_proc as routine on routine.oid = door.id
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_function_privilege(role.name, door.id, 'execute')
            and has_schema_privilege(role.name, routine.pronamespace, 'usage')) as open
   where routine.prosecdef
     and routine.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
     and open.roles is not null
   order by door.id::regprocedure::text collate "C"
$$;

comment on function peer_exchange.setup_open_functions(oid[]) is
  'Rows of setup() about those of these functions, which write balances or ledger, by which people do so with somebody else''s rights.';

create function peer_exchange.setup_open_views() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive reading as (
    select host_table as id from unnest(array['credits', 'credit_transactions']) as name
     cross join peer_exchange.host_table(name) as host_table
     where host_table is not null
    union
    select rule.ev_class::regclass
      from reading
      join pg_depend as mention
           on mention.refclassid = 'pg_class'::regclass and mention.refobjid = reading.id and mention.classid = 'pg_rewrite'::regclass
      join pg_rewrite as rule on rule.oid = mention.objid
  )
  select 'view ' || format('%I.%I', space.nspname, class.relname), 'conflict',
         format('whoever writes to it writes balances or ledger with the rights of %1$s, and it is open to %2$s; close it: '
                || 'REVOKE INSERT, UPDATE, DELETE ON %3$I.%4$I FROM %2$s', class.relowner::regrole, open.roles, space.nspname, class.relname), null
    from reading
    join pg_class as class on class.oid = reading.id and class.relkind = 'v'
    join pg_namespace as space on space.oid = class.relnamespace
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_any_column_privilege(role.name, class.oid, 'insert, update')
             or has_table_privilege(role.name, class.oid, 'delete')) as open
   where space.nspname <> 'peer_exchange'
     -- Bits of INSERT, UPDATE and DELETE, as pg_relation_is_updatable tells them.
     and pg_relation_is_updatable(class.oid, true) & 28 <> 0
     and not coalesce(class.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
     and open.roles is not null
   order by format('%I.%I', space.nspname, class.relname) collate "C"
$$;

comment on function peer_exchange.setup_open_views() is
  'Rows of setup() about views by which people write balances or ledger with somebody else''s rights.';

create function peer_exchange.setup_open_tables(p_writing oid[]) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with sets_off as (
    select fired.tgrelid as table_id, 'trigger ' || quote_ident(fired.tgname) as what, routine.proowner::regrole as writer,
           -- Bits of INSERT, DELETE and UPDATE.
           concat_ws(', ', case when fired.tgtype & 4 <> 0 then 'INSERT' end, case when fired.tgtype & 16 <> 0 then 'UPDATE' end,
                     case when fired.tgtype & 8 <> 0 then 'DELETE' end) as privileges
      from pg_trigger as fired
      join pg_proc as routine on routine.oid = fired.tgfoid
     where fired.tgfoid = any (p_writing)
       and routine.prosecdef
    union all
    -- Of SELECT, UPDATE, INSERT and DELETE, numbered in this order.
    select rule.ev_class, 'rule ' || quote_ident(rule.rulename), class.relowner::regrole,
           (array['SELECT', 'UPDATE', 'INSERT', 'DELETE'])[rule.ev_type::text::integer]
      from pg_rewrite as rule
      join pg_class as class on class.oid = rule.ev_class
     where pg_get_ruledef(rule.oid) collate "C" ~* peer_exchange.writing_of_credits()
  )
  select 'table ' || sets_off.table_id::regclass, 'conflict',
         format('whoever writes to it sets off %1$s, which writes balances or ledger with the rights of %2$s, and it is open to %3$s; '
                || 'look who needs it, and close it: REVOKE %4$s ON %5$s FROM %3$s',
                sets_off.what, sets_off.writer, open.roles, sets_off.privileges, sets_off.table_id::regclass), null
    from sets_off
    join pg_class as class on class.oid = sets_off.table_id and class.relkind in ('r', 'p')
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_schema_privilege(role.name, class.relnamespace, 'usage')
            and exists (select from unnest(string_to_array(sets_off.privileges, ', ')) as privilege
                         where case when privilege = 'DELETE' then has_table_privilege(role.name, class.oid, privilege)
                                    else has_any_column_privilege(role.name, class.oid, privilege) end)) as open
   where open.roles is not null
     and sets_off.table_id not in (select peer_exchange.host_table(host.name)::oid from peer_exchange.host_tables() as host (name, meaning)
                                    where peer_exchange.host_table(host.name) is not null)
   order by sets_off.table_id::regclass::text collate "C", sets_off.what collate "C"
$$;

comment on function peer_exchange.setup_open_tables(oid[]) is
  'Rows of setup() about tables by whose triggers, which call these functions, and rules people write balances or ledger with somebody else''s rights.';

create function peer_exchange.setup_trigger_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select 'function ' || routine.id::regprocedure, 'unchanged',
         format('triggers on %s call it, and what it names depends on the search_path of whoever writes%s; '
                || 'ALTER FUNCTION %s SET search_path = public, pg_temp',
                string_agg(distinct fired.tgrelid::regclass::text collate "C", ', '),
                case when stored.prosecdef then ', with the rights of its owner' else '' end, routine.id::regprocedure), null
    from peer_exchange.application_functions() as routine
    join pg_trigger as fired on fired.tgfoid = routine.id and not fired.tgisinternal
    join peer_exchange.host_tables() as host (name, meaning) on fired.tgrelid = peer_exchange.host_table(host.name)
    join pg_proc as stored on stored.oid = routine.id
   where not exists (select from unnest(stored.proconfig) as setting where setting like 'search\_path=%')
   group by routine.id, stored.prosecdef
   order by routine.id::regprocedure::text collate "C"
$$;

comment on function peer_exchange.setup_trigger_functions() is
  'Rows of setup() about trigger functions of the application without a search_path of their own.';

create function peer_exchange.tables_in_reach() returns setof regclass
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body, lower(application.body collate "C") as lowered, lower(application.name::text collate "C") as name,
           peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
  ), relation as materialized (
    select class.oid as id, lower(class.relname::text collate "C") as name, peer_exchange.write_of(space.nspname::text, array[class.relname::text]) as write
      from pg_class as class
      join pg_namespace as space on space.oid = class.relnamespace
     where class.relkind in ('r', 'p')
       and class.relpersistence <> 't'
       and space.nspname not in ('pg_catalog', 'information_schema', 'peer_exchange')
  ), reached (id, is_table) as (
    select host_table::oid, true
      from unnest(array['client_sessions', 'credits', 'credit_transactions', 'notifications']) as name
     cross join peer_exchange.host_table(name) as host_table
     where host_table is not null
    union
    select following.id, following.is_table
      from reached
     cross join lateral (
           select fired.tgfoid as id, false as is_table
             from pg_trigger as fired
            where reached.is_table and fired.tgrelid = reached.id and not fired.tgisinternal
           union all
           -- Most bodies do not say the name at all, which is asked first since it costs little.
           select callee.id, false
             from routine as caller
             join routine as callee
                  on case when strpos(caller.lowered, callee.name) > 0 then caller.body collate "C" ~* callee.call end
            where not reached.is_table and caller.id = reached.id
           union all
           select relation.id, true
             from routine as caller
             join relation
                  on case when strpos(caller.lowered, relation.name) > 0 then caller.body collate "C" ~* relation.write end
            where not reached.is_table and caller.id = reached.id) as following
  )
  select reached.id::regclass
    from reached
   where reached.is_table
     and reached.id not in (select peer_exchange.host_table(host.name)
                              from peer_exchange.host_tables() as host (name, meaning)
                             where peer_exchange.host_table(host.name) is not null)
$$;

comment on function peer_exchange.tables_in_reach() is
  'Tables of the application, besides ours, that triggers write when our functions write.';

create function peer_exchange.setup_tables_in_reach() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'table ' || reached.id, 'conflict',
         format('triggers on our tables write it, and triggers may be put on it by %1$s, which then fire with the rights of %2$s; '
                || 'close it: REVOKE TRIGGER ON %3$s FROM %1$s', open.roles, class.relowner::regrole, reached.id), null
    from peer_exchange.tables_in_reach() as reached (id)
    join pg_class as class on class.oid = reached.id
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_table_privilege(role.name, reached.id, 'trigger')
            and has_schema_privilege(role.name, class.relnamespace, 'usage')) as open
   where open.roles is not null
   order by reached.id::text collate "C"
$$;

comment on function peer_exchange.setup_tables_in_reach() is
  'Rows of setup() about tables on which people may put triggers that fire when our functions write.';

create function peer_exchange.setup_figures_role() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'role peer_exchange_figures', step.action, step.detail, step.statement
    from pg_roles as caller
   cross join lateral (
         select 'created', 'for whoever reads figures and nothing else', 'create role peer_exchange_figures nologin'
          where caller.rolsuper or caller.rolcreaterole
         union all
         select 'conflict', format('it is missing, and %s may not create roles; nobody but the service reads figures until '
                                   || 'an administrator says CREATE ROLE peer_exchange_figures, and setup() runs once more',
                                   quote_ident(caller.rolname)), null
          where not (caller.rolsuper or caller.rolcreaterole)) as step (action, detail, statement)
   where caller.rolname = current_user
     and not exists (select from pg_roles where rolname = 'peer_exchange_figures')
$$;

comment on function peer_exchange.setup_figures_role() is
  'Steps of setup(): the role of those who read figures and nothing else.';

create or replace function peer_exchange.setup_revocations() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges of %s on public.%s', role.name, closed.table_name), 'altered',
         format('%s revoked', held.privileges),
         format('revoke %s on public.%I from %I%s', held.privileges, closed.table_name, role.name,
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
    join peer_exchange.people_roles() as role on role.id <> 0
   -- Only what is held: to revoke UPDATE on a table is to revoke it on every column.
   cross join lateral (
         select string_agg(privilege, ', ' order by place) as privileges, bool_or(holders.have_public) as by_public
           from unnest(string_to_array(closed.privileges, ', ')) with ordinality as closing (privilege, place)
          cross join lateral (
                select bool_or(acl.grantee = 0) as have_public
                  from pg_class as class
                 cross join lateral aclexplode(class.relacl) as acl
                 where class.oid = peer_exchange.host_table(closed.table_name)
                   and acl.grantee in (0, role.id)
                   and lower(acl.privilege_type collate "C") = privilege
                having count(*) > 0) as holders
         having count(*) > 0) as held
   order by closed.table_name collate "C", role.name
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
    select granted.*, (select role.oid from pg_roles as role where role.rolname = granted.role_name) as role_oid
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
  loop
    host_table := peer_exchange.host_table(wanted.table_name);
    if wanted.role_oid is null
       or (host_table is not null and wanted.for_created_only
           and not peer_exchange.is_made_by_setup(wanted.table_name)) then
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
         and has_schema_privilege(owner, 'public', 'usage')
         and (select bool_and(has_function_privilege(owner, id, 'execute')) from unnest(functions) as id)
         and (select bool_and(has_table_privilege(owner, oid, 'select, insert, update, delete'))
                from pg_class where relnamespace = 'peer_exchange'::regnamespace and relkind = 'r'))
  then
    return;
  end if;
  execute format('grant usage on schema peer_exchange, public to %1$s;
                  grant execute on routine %2$s to %1$s;
                  grant select, insert, update, delete on all tables in schema peer_exchange to %1$s;
                  grant usage on all sequences in schema peer_exchange to %1$s', owner::regrole,
                 (select string_agg(id::regprocedure::text, ', ') from unnest(functions) as id));
end $$;

comment on function peer_exchange.open_to_owner() is
  'Grants what the extension brings, its functions in public included, to the owner of the application''s tables, as whom the library acts.';

create or replace function peer_exchange.setup_clean_slate() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges on public.%s', name), 'created', 'those of the schema''s defaults revoked',
         format('revoke all on public.%I from %s', name, ordinary.roles)
    from peer_exchange.host_tables() as host (name, meaning)
   cross join (select string_agg(quote_ident(role.name), ', ' order by role.name) as roles
                 from peer_exchange.people_roles() as role where role.id <> 0) as ordinary
   where peer_exchange.host_table(name) is null
     and ordinary.roles is not null
   order by name collate "C"
$$;

create function peer_exchange.setup_function_privileges() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with role as (
    select oid, rolname::text as name
      from pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'peer_exchange_figures')
    union all
    select 0, 'public'
  ), wanted as (
    select role.oid as role_oid, called.id
      from peer_exchange.functions() as listed
     cross join unnest(array['peer_exchange', 'public']) as place (schema_name)
     cross join to_regprocedure(format('%I.%I(%s)', place.schema_name, listed.name, listed.arguments)) as called (id)
      join role on (listed.caller, role.name) in (('person', 'authenticated'), ('person', 'service_role'), ('service', 'service_role'),
                                                      ('reader', 'service_role'), ('reader', 'peer_exchange_figures'))
           or (listed.name in ('get_calendar_feed', 'calendar_feed') and role.name = 'anon' and peer_exchange.are_calendar_feeds_open())
     where called.id is not null
       and (place.schema_name = 'peer_exchange' or listed.is_in_public)
  ), held as (
    select role.oid as role_oid, own.id
      from peer_exchange.own_functions() as own
      join pg_proc as routine on routine.oid = own.id
     cross join aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) as acl
      join role on role.oid = acl.grantee and role.oid <> routine.proowner
  ), called as (
    select oid::regprocedure as id, case prokind when 'p' then 'procedure' else 'function' end as kind from pg_proc
  ), relation as (
    select oid, oid::regclass as name, relacl,
           case when relkind = 'v' then array['service_role', 'peer_exchange_figures']
                when relname = 'refusals' then array['service_role']
                else array[]::text[] end as readers
      from pg_class
     where relnamespace = 'peer_exchange'::regnamespace and relkind in ('r', 'v')
  ), difference as (
    select missing.role_oid, true as is_granted, format('execute on %s %s', called.kind, missing.id) as privilege
      from (select * from wanted except select * from held) as missing
      join called on called.id = missing.id
    union all
    select excessive.role_oid, false, format('execute on %s %s', called.kind, excessive.id)
      from (select * from held except select * from wanted) as excessive
      join called on called.id = excessive.id
     -- What the library runs as the owner of the tables is the owner's to execute.
     where excessive.role_oid is distinct from peer_exchange.host_owner()
    union all
    select role.oid, true, 'usage on schema peer_exchange'
      from role
     where role.name in ('authenticated', 'service_role', 'peer_exchange_figures')
       and not has_schema_privilege(role.oid, 'peer_exchange', 'usage')
    union all
    select role.oid, true, 'select on ' || relation.name
      from relation
      join role on role.name = any (relation.readers)
     where not has_table_privilege(role.oid, relation.oid, 'select')
    union all
    select role.oid, false, 'all on ' || relation.name
      from relation
      join role on role.name <> 'service_role' and role.name <> all (relation.readers)
     where exists (select from aclexplode(relation.relacl) as acl where acl.grantee = role.oid)
  )
  select 'privileges on functions for ' || role.name, 'altered',
         case when role.oid in (select held.role_oid from held)
              then concat_ws('; ', 'granted: ' || string_agg(difference.privilege, ', ' order by difference.privilege collate "C")
                                                    filter (where difference.is_granted),
                                   'revoked: ' || string_agg(difference.privilege, ', ' order by difference.privilege collate "C")
                                                    filter (where not difference.is_granted))
              else 'EXECUTE on what this role may call' end,
         string_agg(format(case when difference.is_granted then 'grant %s to %I' else 'revoke %s from %I' end,
                           difference.privilege, role.name), '; ')
    from difference
    join role on role.oid = difference.role_oid
   group by role.oid, role.name
   order by role.name collate "C"
$$;

comment on function peer_exchange.setup_function_privileges() is
  'Steps of setup(): who may execute what functions() names, and nobody what it does not name.';

create function peer_exchange.setup_caller_privileges() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with calling as (
    select stored.proowner::regrole as role, ours.id as wrapped, present.oid::regprocedure as wrapper, caller.id::regprocedure as caller
      from peer_exchange.wrapped_functions() as ours
      join peer_exchange.own_functions() as own on true
      join pg_proc as present on present.oid = own.id and present.pronamespace = 'public'::regnamespace and present.proname = ours.name
      join peer_exchange.application_functions() as caller on caller.body collate "C" ~* peer_exchange.call_of(array[ours.name])
      join pg_proc as stored on stored.oid = caller.id and stored.prosecdef
      join pg_roles as owner on owner.oid = stored.proowner and not owner.rolsuper
     where not ours.is_for_service
       and not exists (select from peer_exchange.people_roles() as role
                        where role.id = stored.proowner or has_schema_privilege(role.name, stored.pronamespace, 'create'))
  ), missing as (
    select calling.role, calling.caller, needed.id
      from calling
     cross join unnest(array[calling.wrapped, calling.wrapper]) as needed (id)
     where not has_function_privilege(calling.role, needed.id, 'execute')
        or not has_schema_privilege(calling.role, 'peer_exchange', 'usage')
  )
  select 'privileges on functions for ' || missing.role, 'altered',
         format('granted, since %s has its rights: execute on %s', string_agg(distinct missing.caller::text collate "C", ', '),
                string_agg(distinct missing.id::text collate "C", ', ')),
         format('grant usage on schema peer_exchange to %1$s; grant execute on function %2$s to %1$s', missing.role,
                string_agg(distinct missing.id::text collate "C", ', '))
    from missing
   group by missing.role
   order by missing.role::text collate "C"
$$;

comment on function peer_exchange.setup_caller_privileges() is
  'Steps of setup(): what owners of the application''s definer functions may execute.';

create function peer_exchange.setup_drifted_balances() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance') then
    return;
  end if;
  return query execute $drift$
    select 'balance of user ' || user_id, 'conflict',
           format('balance is %s and its twin current_balance is %s; balance is what counts here: look which is right, '
                  || 'then UPDATE public.credits SET balance = ... WHERE user_id = %L, which sets both',
                  balance, current_balance, user_id),
           null::text
      from public.credits
     where balance is distinct from current_balance
     order by user_id
  $drift$;
end $$;

comment on function peer_exchange.setup_drifted_balances() is
  'Rows of setup() about balances that have drifted apart from their twin column.';

create function peer_exchange.setup_twin_default() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'column public.credits.current_balance', 'conflict',
         format('its default is %s, and an account begins with 0: none can be opened for who is to be paid or to be given credits; '
                || 'ALTER TABLE public.credits ALTER COLUMN current_balance SET DEFAULT 0, and have newcomers given theirs '
                || 'by peer_exchange.grant_credits()', given.credits),
         null
    from pg_attribute as twin
    join pg_type as type on type.oid = twin.atttypid
    left join pg_attrdef as written on written.adrelid = twin.attrelid and written.adnum = twin.attnum
   cross join lateral (select coalesce(pg_get_expr(written.adbin, written.adrelid), type.typdefault)) as given (credits)
   where twin.attrelid = peer_exchange.host_table('credits')
     and twin.attname = 'current_balance'
     and not twin.attisdropped
     and twin.attgenerated = ''
     and given.credits !~ '^[('']*(0([.]0*)?|NULL)['')]*(::.*)?$'
$$;

comment on function peer_exchange.setup_twin_default() is
  'Rows of setup() about a twin column whose default is not what an account begins with.';

create function peer_exchange.setup_narrow_columns() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', class.relname, narrow.attname), 'conflict',
         format('it is an integer, and credits.balance a bigint: who has more than 2147483647 can neither book, be booked nor be granted '
                || 'credits, and what comes back to her is not told whole; ALTER TABLE public.%I ALTER COLUMN %I TYPE bigint',
                class.relname, narrow.attname),
         null
    from pg_class as class
    join pg_attribute as narrow on narrow.attrelid = class.oid and narrow.attnum > 0 and not narrow.attisdropped
    join lateral peer_exchange.base_type(narrow.atttypid, narrow.atttypmod) as base on base.type = 'integer'::regtype
   where peer_exchange.keeps_accounts_in_bigint()
     and class.oid in (peer_exchange.host_table('credits'), peer_exchange.host_table('credit_transactions'))
     and (narrow.attname = 'current_balance'
          or exists (select from peer_exchange.host_columns() as host
                      where host.table_name = class.relname and host.column_name = narrow.attname))
   order by class.relname, narrow.attname
$$;

comment on function peer_exchange.setup_narrow_columns() is
  'Rows of setup() about columns that are smaller than the balances of the application.';

create function peer_exchange.setup_unsound_tables() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with present as (
    select class.oid::regclass as id, class.relpersistence
      from peer_exchange.host_tables() as host (name, meaning)
      join pg_class as class on class.oid = peer_exchange.host_table(host.name)
  )
  select ('table ' || id) collate "C", 'conflict',
         format('it is UNLOGGED: a crash empties it, and no standby has its rows; ALTER TABLE %s SET LOGGED', id), null
    from present
   where relpersistence = 'u'
  union all
  select 'table ' || link.inhrelid::regclass, 'conflict',
         format('it inherits from %1$s, and what guards the one does not guard what is written to the other; '
                || 'ALTER TABLE %2$s NO INHERIT %1$s', link.inhparent::regclass, link.inhrelid::regclass), null
    from pg_inherits as link
   where link.inhparent in (select id from present) or link.inhrelid in (select id from present)
  union all
  select 'rule ' || rule.name || ' on public.' || rule.table_name, 'conflict', rule.cure, null
    from peer_exchange.rules_in_the_way() as rule
   where not rule.is_in_the_way_of_credits
  union all
  select 'table ' || id, 'conflict',
         format('nothing says that no two of its rows have the same id; ALTER TABLE %s ADD PRIMARY KEY (id)', id), null
    from present
   where peer_exchange.has_column(id, 'id')
     and exists (select from peer_exchange.host_columns() as host
                  where peer_exchange.host_table(host.table_name) = id and host.column_name = 'id')
     and not peer_exchange.has_index(id, array['id'], true)
   order by 1
$$;

comment on function peer_exchange.setup_unsound_tables() is
  'Rows of setup() about tables that lose rows in a crash, have rows that are not guarded, or have no key.';

create function peer_exchange.setup_later_triggers() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('trigger %s on public.client_sessions', later.tgname), 'conflict',
         format('it fires after the triggers that derive the time and the payment of a session, and what it changes of them is '
                || 'refused or goes unseen; ALTER TRIGGER %I ON public.client_sessions RENAME TO ... a name before zzzz_peer_exchange',
                later.tgname), null
    from pg_trigger as later
   where later.tgrelid = peer_exchange.host_table('client_sessions')
     and not later.tgisinternal
     and later.tgtype & 3 = 3
     and later.tgname::text collate "C" > 'zzzz_peer_exchange'
     and later.tgfoid not in (select own.id from peer_exchange.own_functions() as own)
   order by later.tgname
$$;

comment on function peer_exchange.setup_later_triggers() is
  'Rows of setup() about triggers of the application that fire after ours before a session is stored.';

create function peer_exchange.setup_late_defences() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('trigger %s on public.client_sessions', late.tgname), 'conflict',
         'it fires once a session is stored, where it sees what a booking, a charge or a cancellation makes of the payment, and '
         || 'may raise; where it means the people of the session, it keeps them from all three: have it fire before, where it '
         || 'sees none of this',
         null
    from pg_trigger as late
    join peer_exchange.application_functions() as routine on routine.id = late.tgfoid
   where late.tgrelid = peer_exchange.host_table('client_sessions')
     and not late.tgisinternal
     and late.tgenabled <> 'D'
     -- After INSERT or UPDATE.
     and late.tgtype & 2 = 0
     and late.tgtype & 20 <> 0
     and (cardinality(late.tgattr::int2[]) = 0
          or late.tgtype & 4 <> 0
          or exists (select from pg_attribute as named
                      where named.attrelid = late.tgrelid
                        and named.attnum = any (late.tgattr::int2[])
                        and named.attname in ('status', 'cancelled_by', 'cancelled_at', 'cancellation_reason',
                                              'session_date', 'start_time', 'duration_minutes', 'occupied_during')))
     and (routine.body collate "C" ~* '\m(payment_status|credit_cost)\M'
          or pg_get_triggerdef(late.oid) collate "C" ~* '\mwhen\M.*\m(payment_status|credit_cost)\M')
     and routine.body collate "C" ~* peer_exchange.raising()
   order by late.tgname
$$;

comment on function peer_exchange.setup_late_defences() is
  'Rows of setup() about triggers of the application that see what our functions make of a payment, and may turn it down.';

create function peer_exchange.setup_defences_by_claims() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('trigger %s on public.%s', defence.tgname, kept.table_name), 'conflict',
         format('it asks who has signed in, and may turn down or undo what a booking, a charge or a cancellation of theirs writes; '
                || 'people have no privilege to write this table any more, so DROP TRIGGER %1$I ON public.%2$I, or have it ask for '
                || 'current_user, which is %3$s in our functions and the role of whoever writes elsewhere',
                defence.tgname, kept.table_name, class.relowner::regrole),
         null
    -- Bits of INSERT and UPDATE: entries are never changed.
    from (values ('credits', 20), ('credit_transactions', 4)) as kept (table_name, events)
    join pg_class as class on class.oid = peer_exchange.host_table(kept.table_name)
    join pg_trigger as defence on defence.tgrelid = class.oid
   cross join lateral (
         select string_agg(reached.body, ' ') || pg_get_triggerdef(defence.oid) as said
           from peer_exchange.functions_in_reach(defence.tgfoid) as reached) as all_that
   where not defence.tgisinternal
     and defence.tgenabled <> 'D'
     and defence.tgtype & kept.events <> 0
     and all_that.said collate "C" ~* '(request\.jwt|\mauth\M"?\s*\.\s*"?(uid|role|jwt|email)\M|\msession_user\M|current_setting\s*\(\s*''role'')'
     and all_that.said collate "C" !~* '\m(current_user|current_role)\M'
     and (all_that.said collate "C" ~* peer_exchange.raising()
          -- What fires before can do so without a word.
          or (defence.tgtype & 2 <> 0 and all_that.said collate "C" ~* '\mreturn\s+(null|old)\M|\mnew\.\w*balance\s*:?='))
   order by kept.table_name collate "C", defence.tgname
$$;

comment on function peer_exchange.setup_defences_by_claims() is
  'Rows of setup() about triggers of the application that keep people from what our functions do for them.';

create or replace function peer_exchange.setup_findings() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with writing as materialized (select array(select peer_exchange.functions_that_write_credits()) as ids)
  select * from peer_exchange.setup_drifted_balances()
  union all
  select * from peer_exchange.setup_twin_default()
  union all
  select * from peer_exchange.setup_narrow_columns()
  union all
  select * from peer_exchange.setup_unsound_tables()
  union all
  select * from peer_exchange.setup_callers_of_legacy_functions()
  union all
  select * from peer_exchange.setup_later_triggers()
  union all
  select * from peer_exchange.setup_late_defences()
  union all
  select * from peer_exchange.setup_defences_by_claims()
  union all
  select * from peer_exchange.setup_trigger_functions()
  union all
  select open.* from writing cross join lateral peer_exchange.setup_open_functions(writing.ids) as open
  union all
  select * from peer_exchange.setup_open_views()
  union all
  select open.* from writing cross join lateral peer_exchange.setup_open_tables(writing.ids) as open
  union all
  select * from peer_exchange.setup_tables_in_reach()
$$;

comment on function peer_exchange.setup_findings() is
  'Rows of setup() about what it leaves as it is and somebody has to look at.';

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

create function peer_exchange.setup_people() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(format('%s of user %s', found.subject, found.user_id), found.subject), 'conflict', found.detail, null
    from peer_exchange.people_findings() as found
$$;

comment on function peer_exchange.setup_people() is
  'Rows of setup() about values of people that can''t be used.';

create function peer_exchange.setup_plan_by_owner() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
begin
  perform peer_exchange.make_twins();
  return query select * from peer_exchange.setup_tables();
  return query select * from peer_exchange.setup_defaults();
  return query select * from peer_exchange.setup_vocabulary();
  return query select * from peer_exchange.setup_ledger_foreign_keys();
  return query select * from peer_exchange.setup_credit_constraints();
  return query select * from peer_exchange.setup_refund_hours();
  return query select * from peer_exchange.setup_meanings();
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
  return query select * from peer_exchange.setup_caller_privileges();
  return query select * from peer_exchange.setup_findings();
  return query select * from peer_exchange.setup_people();
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
  select string_agg(format('%s: %s', obstacle.object, obstacle.detail), E'\n' order by obstacle.object collate "C")
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
  plan peer_exchange.setup_step[] := array(select planned from peer_exchange.setup_public_functions() as planned
                                           union all
                                           select planned from peer_exchange.setup_figures_role() as planned);
  step peer_exchange.setup_step;
begin
  begin
    -- Privileges are planned on the functions that will be there, and for the role.
    set local client_min_messages = warning;
    foreach step in array plan loop
      if step.statement is not null then
        execute step.statement;
      end if;
    end loop;
    perform peer_exchange.open_to_owner();
    perform peer_exchange.open_temporary_schema();
    -- What calls a function that is moved now has been named already.
    plan := plan || array(select planned from peer_exchange.setup_plan() as planned
                           where not exists (select from unnest(plan) as named
                                              where (named.object, named.detail) = (planned.object, planned.detail)));
    raise exception using errcode = 'XPLAN';
  exception when sqlstate 'XPLAN' then
  end;
  return query select * from unnest(plan);
end $$;

comment on function peer_exchange.setup_steps() is
  'The plan of setup(), made as the owner of the tables where there are any.';

create function peer_exchange.adopt_in_turn() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  select pg_advisory_xact_lock('peer_exchange'::regnamespace::oid::integer, 0)
$$;

comment on function peer_exchange.adopt_in_turn() is
  'Waits until nobody else is adopting the application, until the end of the transaction.';

create function peer_exchange.lock_host_tables() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted   text := (select string_agg(format('public.%I', host.table_name), ', ')
                      from peer_exchange.host_tables() as host
                     where peer_exchange.host_table(host.table_name) is not null);
  patience text := current_setting('lock_timeout');
  begun_at timestamptz := clock_timestamp();
begin
  while wanted is not null loop
    begin
      perform set_config('lock_timeout', '50ms', true);
      execute format('lock table %s in access exclusive mode', wanted);
      exit;
    exception when lock_not_available then
      if patience <> '0' and clock_timestamp() > begun_at + patience::interval then
        raise;
      end if;
    end;
    perform pg_sleep(0.1);
  end loop;
  perform set_config('lock_timeout', patience, true);
end $$;

comment on function peer_exchange.lock_host_tables() is
  'Keeps everybody else from the application''s tables until the end of the transaction.';

create function peer_exchange.require_read_committed() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise invalid_transaction_state using
      message = format('setup() can''t change tables under %s, which hides what is written while it waits for them',
                       upper(current_setting('transaction_isolation') collate "C")),
      hint    = 'Begin with BEGIN ISOLATION LEVEL READ COMMITTED.';
  end if;
end $$;

comment on function peer_exchange.require_read_committed() is
  'Raises 25000 under a level of isolation at which a transaction sees one moment of the database throughout.';

create or replace function peer_exchange.setup(dry_run boolean default false)
returns table (object text, action text, detail text)
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
declare
  is_dry boolean := coalesce(dry_run, false);
  plan   peer_exchange.setup_step[];
  step   peer_exchange.setup_step;
begin
  if is_dry and exists (select from peer_exchange.setup_obstacles()) then
    return query select obstacle.object, obstacle.action, obstacle.detail
                   from peer_exchange.setup_obstacles() as obstacle;
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  perform peer_exchange.adopt_in_turn();
  if not is_dry then
    perform peer_exchange.open_to_owner();
  end if;
  plan := array(select planned from peer_exchange.setup_steps() as planned);
  -- What was planned is what is done: where there is something to do, it is planned again with nobody else writing.
  if not is_dry and peer_exchange.host_owner() is not null
     and exists (select from unnest(plan) as planned where planned.statement is not null)
  then
    perform peer_exchange.require_read_committed();
    perform peer_exchange.lock_host_tables();
    plan := array(select planned from peer_exchange.setup_steps() as planned);
  end if;
  foreach step in array plan loop
    if step.statement is not null and not is_dry then
      execute step.statement;
    end if;
    object := step.object;
    action := step.action;
    detail := step.detail;
    return next;
  end loop;
end $$;

create function peer_exchange.deadlock_milliseconds() returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (extract(epoch from current_setting('deadlock_timeout')::interval) * 1000)::integer
$$;

comment on function peer_exchange.deadlock_milliseconds() is
  'How long a lock is waited for until Postgres looks for deadlocks.';

create function peer_exchange.next_patience(p_milliseconds integer) returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_milliseconds < longest.milliseconds then least(p_milliseconds * 2, longest.milliseconds) else 100 end
    from least(peer_exchange.deadlock_milliseconds() + 200, 1500) as longest (milliseconds)
$$;

comment on function peer_exchange.next_patience(integer) is
  'How long a step waits for its table after it has waited for so long in vain.';

create function peer_exchange.carry_out(p_table_name text, p_statements text[], p_patience_milliseconds integer) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  statement text;
begin
  perform peer_exchange.adopt_in_turn();
  perform set_config('lock_timeout', p_patience_milliseconds::text, true);
  if p_table_name is not null then
    execute format('lock table public.%I in access exclusive mode', p_table_name);
    -- Whoever holds a lock already should not wait for another until Postgres looks for deadlocks.
    perform set_config('lock_timeout', least(p_patience_milliseconds, peer_exchange.deadlock_milliseconds() * 4 / 5)::text, true);
  end if;
  foreach statement in array p_statements loop
    execute statement;
  end loop;
end $$;

comment on function peer_exchange.carry_out(text, text[], integer) is
  'Carries out statements with one table locked from the first to the last; 55P03 where somebody else has it for longer.';

create procedure peer_exchange.adopt(p_table_name text, p_statements text[])
language plpgsql
as $$
declare
  patience_milliseconds integer := 100;
begin
  loop
    -- In a transaction that sees what others commit while it waits, whatever this session begins them as.
    commit;
    set transaction isolation level read committed;
    begin
      perform peer_exchange.carry_out(p_table_name, p_statements, patience_milliseconds);
      patience_milliseconds := null;
    exception when lock_not_available then
      -- Whoever has it goes on first.
      patience_milliseconds := peer_exchange.next_patience(patience_milliseconds);
    end;
    commit;
    exit when patience_milliseconds is null;
    perform pg_catalog.pg_sleep(0.3);
  end loop;
end $$;

comment on procedure peer_exchange.adopt(text, text[]) is
  'A step of adoption_script(): carries out statements at once, as soon as a table is free.';

create procedure peer_exchange.adopt_session_times(p_were_guarded boolean)
language plpgsql
as $$
declare
  -- So many hold some thousand sessions at most, which is done within a fraction of a second.
  step   constant bigint := 64;
  blocks constant bigint := pg_catalog.pg_relation_size('public.client_sessions')
                            / pg_catalog.current_setting('block_size')::bigint;
  first  bigint := 0;
begin
  while first <= blocks loop
    call peer_exchange.adopt(null, array[pg_catalog.format(
      'select peer_exchange.refresh_occupancy(%s, %s, %L)', first, first + step, p_were_guarded)]);
    first := first + step;
  end loop;
  -- What somebody else was writing meanwhile.
  call peer_exchange.adopt(null, array[pg_catalog.format(
    'select peer_exchange.refresh_occupancy(p_were_guarded => %L)', p_were_guarded)]);
end $$;

comment on procedure peer_exchange.adopt_session_times(boolean) is
  'A step of adoption_script(): derives the time of all sessions by and by.';

create function peer_exchange.have_sessions_times() returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('client_sessions'), 'occupied_during') then
    return false;
  end if;
  return exists (select from public.client_sessions where occupied_during is not null);
end $$;

comment on function peer_exchange.have_sessions_times() is
  'Whether the time of any session has been derived already.';

create function peer_exchange.adoption_stage(p_step peer_exchange.setup_step) returns integer
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select case
           when p_step.statement ~ 'validate constraint' then 2
           when p_step.object like 'index %' then 3
           -- Of a column that is new, the index holds nothing.
           when p_step.object = 'constraint client_sessions_no_overlap on public.client_sessions' and p_step.action = 'created'
           then case when peer_exchange.have_sessions_times() then 6 else 3 end
           when p_step.object ~ '^trigger .*_(keep|check)_time on' then 4
           when p_step.object = 'rows of public.client_sessions' then 5
           when p_step.object ~ '^(trigger|policy|row-level security|privileges) .*public\.' then 7
           when p_step.object ~ '^(table|column|value|constraint|foreign key) ' then 1
           else 8
         end
$$;

comment on function peer_exchange.adoption_stage(peer_exchange.setup_step) is
  'When a step of setup() is due in an adoption by steps.';

create function peer_exchange.table_of_step(p_step peer_exchange.setup_step) returns text
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select host.table_name
    from peer_exchange.host_tables() as host
   where p_step.statement ~ format('\m(table|on) public\.%s\M', host.table_name)
     and p_step.statement !~ 'validate constraint'
     and peer_exchange.host_table(host.table_name) is not null
   limit 1
$$;

comment on function peer_exchange.table_of_step(peer_exchange.setup_step) is
  'The table that a step of setup() alters.';

create function peer_exchange.exclude_overlaps() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
begin
  if peer_exchange.have_sessions_times() then
    raise object_not_in_prerequisite_state using
      message = 'sessions have times already',
      hint    = 'Run the statements of peer_exchange.adoption_script() anew.';
  end if;
  alter index public.client_sessions_to_exclude rename to client_sessions_no_overlap;
  perform peer_exchange.exclude_by_index('public.client_sessions_no_overlap'::regclass, 'client_sessions_no_overlap',
            array['=(uuid,uuid)', '&&(anyrange,anyrange)']::regoperator[]::oid[]);
  update pg_index set indisexclusion = true where indexrelid = 'public.client_sessions_no_overlap'::regclass;
  comment on constraint client_sessions_no_overlap on public.client_sessions
    is 'No two active sessions of one practitioner at the same time.';
end $$;

comment on function peer_exchange.exclude_overlaps() is
  'A step of adoption_script(): makes the constraint that keeps sessions apart of an index that holds none yet.';

create function peer_exchange.concurrent_indexes(p_step peer_exchange.setup_step)
returns table (statement text, part integer)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with wanted as (
    select * from peer_exchange.wanted_indexes() union all select * from peer_exchange.wanted_figure_indexes()
  )
  select 'drop index concurrently ' || substr(p_step.object, length('index ') + 1), 1
   where p_step.action = 'altered'
  union all
  select made.statement, made.part
    from wanted
   cross join lateral (values
         (2, regexp_replace(format(peer_exchange.creation_of_index(wanted), wanted.name, 'public.' || wanted.table_name),
                            '^create (unique )?index', '\& concurrently')),
         (3, format('comment on index public.%I is %L', wanted.name, wanted.meaning))) as made (part, statement)
   where p_step.object = 'index public.' || wanted.name
  union all
  select step.statement, step.part
    from (values
      ('drop index concurrently if exists public.client_sessions_to_exclude', 1),
      ('create index concurrently client_sessions_to_exclude on public.client_sessions '
       || 'using gist (therapist_id, occupied_during) where occupied_during is not null', 2),
      ('call peer_exchange.adopt(''client_sessions'', array[''select peer_exchange.exclude_overlaps()''])', 3)
    ) as step (statement, part)
   where p_step.object like 'constraint %'
$$;

comment on function peer_exchange.concurrent_indexes(peer_exchange.setup_step) is
  'The statements that make an index anew while its table is written.';

create function peer_exchange.adoption_script() returns table (statement text)
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
begin
  perform peer_exchange.refuse_obstacles();
  perform peer_exchange.adopt_in_turn();
  return query
  with step as (
    select planned.position, peer_exchange.adoption_stage(planned.step) as stage,
           peer_exchange.table_of_step(planned.step) as table_name, planned.step
      from unnest(array(select planned from peer_exchange.setup_steps() as planned)) with ordinality
           as listed (object, action, detail, statement, position)
     cross join lateral (select (listed.object, listed.action, listed.detail, listed.statement)::peer_exchange.setup_step,
                                listed.position) as planned (step, position)
     where listed.statement is not null
  ), line as (
    select 0 as stage, null::boolean as is_last, 0 as position, 0 as part,
           'call peer_exchange.adopt(null, array[''select peer_exchange.open_to_owner()''])' as statement
     where peer_exchange.host_owner() is not null and exists (select from step)
    union all
    -- Whoever finds one of a table's guards finds all of them; and those of sessions come last, since they open the RPCs.
    select step.stage, step.stage = 7 and step.table_name is not distinct from 'client_sessions', min(step.position), 0,
           format('call peer_exchange.adopt(%L, array[%s])', step.table_name,
                  string_agg(quote_literal((step.step).statement), ', ' order by step.position))
      from step
     where step.stage not in (3, 5)
     group by step.stage, step.table_name
    union all
    select step.stage, null, step.position, made.part, made.statement
      from step
     cross join lateral peer_exchange.concurrent_indexes(step.step) as made
     where step.stage = 3
    union all
    select step.stage, null, step.position, 0,
           format('call peer_exchange.adopt_session_times(%L)', peer_exchange.are_sessions_guarded())
      from step
     where step.stage = 5
  )
  select line.statement from line order by line.stage, line.is_last nulls first, line.position, line.part;
end $$;

comment on function peer_exchange.adoption_script() is
  E'What setup() would do, as statements to be run one after the other, each in transactions of its own: SELECT statement FROM peer_exchange.adoption_script() \\gexec. Afterwards setup() has nothing left to do. For an administrator.';

comment on function peer_exchange.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'Books a peer session and pays for it in credits, wholly or not at all. Replies {"success": true, session_id, credit_cost, balances} or {"success": false, error_code, error, details}. A retry with the same p_idempotency_key yields the same booking. A signed-in person books for herself only.';

comment on function peer_exchange.request_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'Asks for a peer session by all rules of a booking: holds its slot and its credits until the practitioner answers or expires_at. Replies like create_peer_booking, with status pending_approval and expires_at. A signed-in person asks for herself only.';

comment on function peer_exchange.accept_peer_booking(uuid) is
  'Makes a request the booking that create_peer_booking would have made, and replies like it; a second time with "replayed": true. Its practitioner calls it. To decline is process_peer_booking_refund.';

comment on function peer_exchange.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid) is
  'The older, two-step flow: charges a peer session that its client has inserted, once. Replies like create_peer_booking, which does both at once.';

comment on function peer_exchange.process_peer_booking_refund(uuid, text) is
  'Cancels a peer session and gives back what was paid for it, once: all of it, or by the practitioner''s cancellation policy where the client cancels. A request is declined by its practitioner and withdrawn by its client so, and all is free again. Either party may call it.';

comment on function peer_exchange.get_practitioner_credit_cost(uuid, integer, uuid) is
  'What a session with this practitioner costs, in credits; the rule that create_peer_booking charges by.';

comment on function peer_exchange.get_available_slots(uuid, date, date, integer, integer, uuid, uuid) is
  'The starts that create_peer_booking would accept from the caller now, on these days of the practitioner''s calendar, so many minutes apart from midnight on; or, where a session is named, those that reschedule_peer_booking would accept for it. Replies {"success": true, timezone, credit_cost, cancellation_policy, slots} or the refusal that every start would get.';

comment on function peer_exchange.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'The reply that create_peer_booking would give to the same arguments now, with a session_id of null, and refund_terms: what would go back to the client, and until when. Nothing is written.';

comment on function peer_exchange.search_peer_practitioners(text, text, text, text, integer, integer, integer) is
  'Active practitioners but the caller, by parts of name, location and specialization whatever their case and accents, in the order of their names: {"total", practitioners: [practitioner_id, name, user_role, location, specializations, credit_cost, rating, rating_count, completed_sessions, next_free_slot]}.';

comment on function peer_exchange.get_credit_statement(date, date, integer, text, text, uuid) is
  'What the caller has, what is held and what sessions to come will take and bring, and one page of how it came to be, newest first: signed credits, the balance after each, counterpart and session; of one kind or with one counterpart alone where asked so. next_before is the p_before of the next page.';

comment on function peer_exchange.get_balance_history(date, date) is
  'What the caller had at the end of each day by her own clock, what was held and owed, and what the day earned, spent and otherwise moved: {timezone, from, to, days: [date, balance, held, owed, earned, spent, other]}.';

comment on function peer_exchange.get_my_peer_sessions(text, integer, text) is
  'The caller''s own peer sessions, given and received: upcoming (soonest first), past or all (latest first), with what a cancellation would give back now. next_before is the p_before of the next page.';

comment on function peer_exchange.get_peer_session(uuid) is
  'A peer session of the caller''s as get_my_peer_sessions lists it, and its history: what happened to it, oldest first. Replies {"success": true, session} or {"success": false, error_code, error, details}.';

comment on function peer_exchange.mark_notifications_read(uuid[]) is
  'Marks the caller''s own notifications as read and returns how many of them were unread. Those of others are passed over.';

comment on function peer_exchange.get_session_calendar(uuid) is
  'A peer session of the caller''s as an iCalendar object, to be kept as a file: {"success": true, session_id, calendar} or {"success": false, error_code, error, details}.';

comment on function peer_exchange.session_calendar(uuid, uuid) is
  'A peer session as an iCalendar object for one of its parties, to be sent to her; NULL where the person is none, or its row says no time. For service_role and the owner.';

comment on function peer_exchange.get_my_practice() is
  'What the caller offers as a practitioner, when and on which terms: profile, time zone, hours, blocks to come, cancellation policy, products, open requests, and what sessions to come will bring and take.';

comment on function peer_exchange.set_working_hours(jsonb, text) is
  'Publishes the caller''s working hours, {} for none, and the time zone of her wall clock, NULL for the setting''s. Sessions that were booked stay: replies {"success": true, timezone, working_hours, sessions_outside}.';

comment on function peer_exchange.block_time(timestamptz, timestamptz, text) is
  'Keeps new sessions away from the caller for this time. Sessions that were booked stay: replies {"success": true, event_id, title, starts_at, ends_at, sessions_within}.';

comment on function peer_exchange.unblock_time(uuid) is
  'Takes a block out of the caller''s calendar.';

comment on function peer_exchange.set_cancellation_policy(integer, integer, numeric) is
  'Sets the caller''s cancellation policy: until how many hours before the start a client gets everything back, and until when which part; three NULLs for none of her own.';

comment on function peer_exchange.save_product(uuid, text, integer, integer, boolean) is
  'Changes a product of the caller''s, or adds one where p_product_id is NULL. A duration of NULL leaves it to the client, a cost of NULL to the going rate.';

comment on function peer_exchange.set_practice_profile(text, text, text[]) is
  'Changes what the caller is found by and where she gives sessions: NULL leaves it as it is, a blank text or an empty list takes it away.';

comment on function peer_exchange.create_calendar_feed() is
  'Makes a feed of the caller''s sessions, in the place of a former one: {"success": true, secret, created_at}. The secret, by which get_calendar_feed reads it, is told this once.';

comment on function peer_exchange.get_my_calendar_feed() is
  'Since when the caller has a feed, and whether feeds are read without signing in: {"created_at", "is_open"}.';

comment on function peer_exchange.revoke_calendar_feed() is
  'Ends the caller''s feed: {"success": true, revoked}, which says whether there was one.';

comment on function peer_exchange.calendar_feed(text) is
  'What get_calendar_feed answers; NULL where there is no such feed.';

comment on function peer_exchange.reschedule_peer_booking(uuid, date, time, text) is
  'Moves a peer session that is paid for, by all rules of a new booking but its own slot; parties, duration and payment stay. Either party may call it. Replies {"success": true, session_id, session_date, start_time, previous_…} or {"success": false, error_code, error, details}.';

comment on function peer_exchange.complete_peer_session(uuid) is
  'Completes a peer session once it has begun, and pays its practitioner what is held for it, once. Contradicts a report that she did not come. Only the practitioner may call it. Replies {"success": true, session_id, status, settled_credits, returned_credits, balances} or {"success": false, error_code, error, details}.';

comment on function peer_exchange.rate_peer_session(uuid, integer, text) is
  'Says how a peer session was that took place, with 1 to 5 stars; a signed-in person as its client. The same again writes nothing; something else changes it, for a while.';

comment on function peer_exchange.report_peer_no_show(uuid, text) is
  'Says, once a peer session has begun, that the other party did not come. By the practitioner: the client pays peer_exchange.no_show_percent. By the client: all goes back unless the practitioner contradicts within peer_exchange.settle_after_hours. Replies like complete_peer_session.';

comment on function peer_exchange.adjust_credits(uuid, integer, text, text) is
  'Corrects what a person has by p_amount credits, below zero to take some, with an adjustment row in the ledger; what the balance does not have is owed. Under one p_idempotency_key only once. For service_role and the owner.';

comment on function peer_exchange.charge_session(uuid) is
  'Charges an inserted peer session once, also when it is over; replies like process_peer_booking_credits. For service_role and the owner.';

comment on function peer_exchange.cancel_session(uuid, text, text) is
  'Cancels a peer session on behalf of its client, its practitioner or the application, and gives back what that side''s cancellation gives back; replies like process_peer_booking_refund. For service_role and the owner.';

comment on function peer_exchange.busy_function() is 'The setting peer_exchange.busy_function.';

comment on function peer_exchange.opt_in_column() is 'The setting peer_exchange.opt_in_column.';

comment on function peer_exchange.default_policy() is
  'The settings default_full_refund_hours, default_partial_refund_hours and default_partial_refund_percent.';

comment on function peer_exchange.early_start_minutes() is
  'The setting peer_exchange.early_start_minutes.';

comment on function peer_exchange.may_act_for(uuid) is
  'Whether the writer is this person or may act for anybody.';

comment on function peer_exchange.payment_status_under_way() is
  'What the session that the library writes right now shall say became of its payment; NULL leaves that as it is.';

comment on function peer_exchange.credit_cost_under_way() is
  'What the session that the library writes right now shall say it cost; NULL leaves that as it is.';

comment on function peer_exchange.allocate_credits(integer, text, text, uuid[]) is
  'Grants p_amount credits to the next 500 people who have nothing for p_period yet, of every active practitioner or of p_user_ids; returns how many, 0 when all have it. Call it until then, each time in a transaction of its own. For service_role and the owner.';

comment on function peer_exchange.cancel_orphaned_sessions(interval) is
  'Cancels peer sessions that their clients inserted for the two-step flow longer than p_older_than ago and that were neither charged nor accepted since; returns how many. For service_role and the owner.';

comment on function peer_exchange.settle_due_sessions() is
  'Completes and pays the sessions that nobody has completed within peer_exchange.settle_after_hours after their ends, and gives back what clients'' reports of a no-show claim that nobody has contradicted within as long; at most 500 a call; returns how many. To be run every few minutes. For service_role and the owner.';

comment on function peer_exchange.resolve_dispute(uuid, numeric, text) is
  'Gives the client of a disputed session this part of its credits, in percent, and its practitioner the rest; replies like complete_peer_session. For service_role and the owner.';

comment on function peer_exchange.settlement_terms(uuid, text) is
  'Called by the trigger on client_sessions: what a session says of itself whose status is set directly.';

comment on function peer_exchange.settle_changed_sessions(jsonb) is
  'Called by the trigger on client_sessions: moves the credits of sessions whose status says directly what became of them.';

comment on function peer_exchange.expire_requests() is
  'Ends up to 500 requests that nobody answered in time, gives their clients back what was held, and tells both; returns how many. What such requests hold is free without it. For service_role and the owner.';

comment on function peer_exchange.send_due_reminders() is
  'Reminds both parties of every paid session that begins within one of the setting reminder_minutes_before, each once, and practitioners of requests that expire soon; returns how many notifications it wrote. To be run every minute. For service_role and the owner.';

comment on function peer_exchange.cancel_sessions_of_departing_person(uuid, boolean) is
  'Called by the trigger on users: cancels and refunds upcoming peer sessions; closes the account of a deleted person.';

comment on function peer_exchange.charge_accepted_requests(uuid[]) is
  'Called by the trigger on client_sessions: pays what was held for requests that were accepted directly, or holds it on.';

comment on function peer_exchange.settles_on_completion() is
  'Whether the setting peer_exchange.settlement is completion.';

comment on function peer_exchange.exclude_by_index(oid, text, oid[]) is
  'Called by exclude_overlaps(): makes an exclusion constraint of an index.';

comment on function peer_exchange.release_expired_holds(uuid[]) is
  'Sets those of these sessions to expired whose payment or approval is overdue, so that their slots are free.';

comment on function peer_exchange.require_may_act_for(uuid) is
  'Raises 42501 unless the writer is this person or may act for anybody.';

comment on function peer_exchange.are_known_to_be_free(uuid, uuid, timestamptz, timestamptz) is
  'Called by a guard when many sessions are written directly: whether its statement knows, from what it has looked up and written so far, that both have nothing at that time.';

comment on function peer_exchange.lock_written_parties(uuid, uuid) is
  'Called by the trigger on client_sessions: locks the parties of a session that is written directly, once for a statement; true.';

comment on function peer_exchange.time_zone_to_promise(uuid) is
  'Called by the trigger on client_sessions: what time_zone_of() says, asked once of each practitioner for a statement.';

comment on function peer_exchange.require_nobody_unseen(uuid, uuid, uuid, boolean, tstzrange) is
  'Called by keep_apart() where the transaction sees one moment throughout: raises 40001 where a party has another session at that time by now.';

comment on function peer_exchange.is_called_by_person() is
  'Whether the writer is a signed-in person, by the effective role, rather than the application or an administrator.';

comment on function peer_exchange.readable_columns(text, text[]) is
  'Those columns of a row, given as JSON, that can be read; the others are left out.';

comment on function peer_exchange.readable_json(text) is
  'A value, or of an object that can''t be read whole those members that can be; NULL where nothing can be.';

comment on function peer_exchange.unreadable_hours(text) is
  'The first day of published hours that can''t be read, a weekday or an exception, and what is written there; NULL where all can be.';

comment on function peer_exchange.max_delivery_attempts() is
  'The setting peer_exchange.max_delivery_attempts.';

comment on function peer_exchange.is_delivery_on() is
  'Whether the setting peer_exchange.delivery has notifications delivered.';

comment on function peer_exchange.host_owner() is
  'The owner of the sessions, as whom the library acts; before there are any, of the host tables that exist.';

comment on function peer_exchange.has_text_column(text, text) is
  'Whether a host table has a column of text of this name, which we may fill.';

create function peer_exchange.make_wrappers_without_conflict() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.make_wrapper(ours.id)
    from peer_exchange.wrapped_functions() as ours
    join pg_proc as wrapped on wrapped.oid = ours.id
   where not exists (select from pg_proc as present
                      where present.pronamespace = 'public'::regnamespace
                        and present.proname = wrapped.proname
                        and present.proargtypes = wrapped.proargtypes)
$$;

select peer_exchange.make_wrappers_without_conflict();

drop function peer_exchange.make_wrappers_without_conflict();

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
  -- The owner of the database dumps it; there, row-level security would refuse to leave rows out.
  grant usage on schema peer_exchange to pg_database_owner;
  grant select on all tables in schema peer_exchange to pg_database_owner;
  grant select on all sequences in schema peer_exchange to pg_database_owner;
  for step in select * from peer_exchange.setup_figures_role() where statement is not null loop
    execute step.statement;
  end loop;
  for step in select * from peer_exchange.setup_function_privileges() loop
    execute step.statement;
  end loop;
end $$;

select peer_exchange.close_functions();

drop function peer_exchange.close_functions();

do $$
begin
  -- Postgres silences notices while it runs an extension's script; this one is meant to be read.
  perform pg_catalog.set_config('client_min_messages', 'notice', true);
  raise notice 'peer_exchange: nothing of the application was touched; SELECT * FROM peer_exchange.setup(true) lists what is to be done, and setup() does it';
  perform pg_catalog.set_config('client_min_messages', 'warning', true);
end $$;
