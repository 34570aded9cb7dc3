-- Tables as an application of this kind has them: random keys, a foreign key for every person that a row
-- names, an index for every foreign key and list. A booking checks eight foreign keys here.
create table users (
  id         uuid primary key default gen_random_uuid(),
  email      varchar not null unique,
  first_name varchar not null,
  last_name  varchar not null,
  user_role  text not null,
  is_active  boolean not null default true,
  created_at timestamptz not null default now()
);

create table practitioner_products (
  id               uuid primary key default gen_random_uuid(),
  practitioner_id  uuid not null references users (id),
  name             text not null,
  duration_minutes integer check (duration_minutes > 0),
  credit_cost      integer check (credit_cost > 0),
  is_active        boolean not null default true
);
create index on practitioner_products (practitioner_id);

create table practitioner_availability (
  user_id       uuid primary key references users (id),
  working_hours jsonb not null default '{}',
  timezone      text default 'Europe/London'
);

create table calendar_events (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null references users (id),
  title      text not null,
  start_time timestamptz not null,
  end_time   timestamptz not null,
  status     text not null default 'confirmed',
  event_type text not null default 'block'
);
create index on calendar_events (user_id, start_time);

create table cancellation_policies (
  practitioner_id        uuid primary key references users (id),
  full_refund_hours      integer not null default 24,
  partial_refund_hours   integer not null default 12,
  partial_refund_percent numeric not null default 50,
  no_refund_hours        integer not null default 12,
  is_active              boolean not null default true
);

create table client_sessions (
  id                  uuid primary key default gen_random_uuid(),
  therapist_id        uuid references users (id),
  client_id           uuid references users (id),
  client_name         varchar not null,
  client_email        varchar,
  session_date        date not null,
  start_time          time not null,
  duration_minutes    integer not null check (duration_minutes > 0),
  session_type        varchar,
  notes               text,
  status              text not null default 'scheduled',
  payment_status      varchar not null default 'pending',
  is_peer_booking     boolean not null default false,
  credit_cost         integer,
  product_id          uuid,
  expires_at          timestamptz,
  cancelled_at        timestamptz,
  cancelled_by        uuid,
  cancellation_reason text,
  idempotency_key     text,
  idempotency_digest  uuid,
  occupied_during     tstzrange,
  occupied_timezone   text,
  created_at          timestamptz not null default now(),
  constraint no_overlap
    exclude using gist (therapist_id with =, occupied_during with &&) where (occupied_during is not null)
);
create index on client_sessions (therapist_id, session_date);
create index on client_sessions (client_id, session_date);
create unique index on client_sessions (client_id, idempotency_key) where idempotency_key is not null;

create table credits (
  user_id      uuid primary key references users (id),
  balance      integer not null default 0 check (balance >= 0),
  owed         integer not null default 0 check (owed >= 0),
  total_earned integer not null default 0,
  total_spent  integer not null default 0,
  updated_at   timestamptz not null default now()
);

create table credit_transactions (
  id               uuid primary key default gen_random_uuid(),
  user_id          uuid not null references users (id),
  amount           integer not null check (amount > 0),
  transaction_type text not null,
  description      text,
  balance_before   integer,
  balance_after    integer not null,
  owed_before      integer not null default 0,
  owed_after       integer not null default 0,
  session_id       uuid,
  created_at       timestamptz not null default clock_timestamp()
);
create index on credit_transactions (user_id, created_at);
create index on credit_transactions (session_id);

create table notifications (
  id           uuid primary key default gen_random_uuid(),
  recipient_id uuid references users (id),
  type         text not null,
  title        varchar not null,
  body         text,
  payload      jsonb not null default '{}',
  read_at      timestamptz,
  created_at   timestamptz not null default now()
);
create index on notifications (recipient_id, created_at);
