-- An application that grew before us and keeps its values in wider columns than we would.
\ir ../../fixtures/supabase_roles.sql
\ir ../../fixtures/existing_app.sql
alter table public.users
  alter specializations drop default,
  alter specializations type json using to_json(specializations),
  alter created_at type timestamp,
  add preferences json;
alter table public.practitioner_availability
  alter working_hours drop default,
  alter working_hours type json;
alter table public.practitioner_products
  alter duration_minutes type bigint,
  add credit_cost bigint;
alter table public.cancellation_policies
  alter full_refund_hours type bigint,
  alter partial_refund_hours type bigint,
  alter no_refund_hours type bigint,
  alter partial_refund_percent type double precision;
alter table public.calendar_events
  alter start_time type timestamp,
  alter end_time type timestamp;
alter table public.client_sessions
  alter duration_minutes type bigint,
  alter credit_cost type bigint,
  alter session_date drop not null,
  alter start_time drop not null,
  alter expires_at type timestamp,
  alter cancelled_at type timestamp,
  alter created_at type timestamp;
-- What setup() adds to these becomes as large.
alter table public.credits
  alter balance type bigint,
  alter current_balance type bigint,
  alter total_earned type bigint,
  alter total_spent type bigint;
alter table public.credit_transactions
  alter amount type bigint,
  alter balance_before type bigint,
  alter balance_after type bigint;
alter table public.notifications
  alter payload drop default,
  alter payload type json,
  alter read_at type timestamp,
  alter created_at type timestamp;
create table public.notification_preferences (user_id uuid, type text, in_app boolean, email boolean, details json);

create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir settings.sql
\ir people.sql
insert into public.notification_preferences (user_id) select id from public.users;
