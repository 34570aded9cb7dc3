-- What the host tables need: the one place that says so. setup() creates missing tables from it, adds
-- missing columns to those that exist, and refuses what can't serve.
--
-- kind says which types an existing column may have. is_key: without this column the table is
-- another one, so it is never added. written: we write rows of this table, so that a column of the
-- application's that must be filled and has no default would stop us.

create type peer_exchange.host_column as (
  table_name text, column_name text, kind text, definition text, is_key boolean);

create function peer_exchange.host_columns() returns setof peer_exchange.host_column
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('users', 'id',         'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('users', 'email',      'text',    'text unique', false),
    ('users', 'first_name', 'text',    'text', false),
    ('users', 'last_name',  'text',    'text', false),
    ('users', 'user_role',  'label',   'text', false),
    ('users', 'is_active',  'boolean', 'boolean not null default true', false),
    ('users', 'created_at', 'instant', 'timestamptz not null default now()', false),

    ('practitioner_products', 'id',               'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('practitioner_products', 'practitioner_id',  'uuid',    'uuid references public.users (id) on delete cascade', true),
    ('practitioner_products', 'name',             'text',    'text', false),
    ('practitioner_products', 'duration_minutes', 'integer', 'integer check (duration_minutes > 0)', false),
    ('practitioner_products', 'credit_cost',      'integer', 'integer check (credit_cost > 0)', false),
    ('practitioner_products', 'is_active',        'boolean', 'boolean not null default true', false),
    ('practitioner_products', 'created_at',       'instant', 'timestamptz not null default now()', false),

    ('practitioner_availability', 'user_id',       'uuid', 'uuid primary key references public.users (id) on delete cascade', true),
    ('practitioner_availability', 'working_hours', 'json', 'jsonb not null default ''{}''', false),
    ('practitioner_availability', 'timezone',      'text', 'text', false),

    ('calendar_events', 'id',         'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('calendar_events', 'user_id',    'uuid',    'uuid not null references public.users (id) on delete cascade', true),
    ('calendar_events', 'title',      'text',    'text', false),
    ('calendar_events', 'start_time', 'instant', 'timestamptz not null', true),
    ('calendar_events', 'end_time',   'instant', 'timestamptz not null', true),
    ('calendar_events', 'event_type', 'label',   'text not null default ''block''', false),
    ('calendar_events', 'status',     'label',   'text not null default ''confirmed''', false),

    ('cancellation_policies', 'practitioner_id',        'uuid',    'uuid primary key references public.users (id) on delete cascade', true),
    ('cancellation_policies', 'full_refund_hours',      'integer', 'integer not null default 24', false),
    ('cancellation_policies', 'partial_refund_hours',   'integer', 'integer not null default 12', false),
    ('cancellation_policies', 'partial_refund_percent', 'number',  'numeric not null default 50 check (partial_refund_percent between 0 and 100)', false),
    ('cancellation_policies', 'no_refund_hours',        'integer', 'integer not null default 12', false),
    ('cancellation_policies', 'is_active',              'boolean', 'boolean not null default true', false),

    ('client_sessions', 'id',                  'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('client_sessions', 'therapist_id',        'uuid',    'uuid references public.users (id) on delete set null', true),
    ('client_sessions', 'client_id',           'uuid',    'uuid references public.users (id) on delete set null', true),
    ('client_sessions', 'client_name',         'text',    'text', false),
    ('client_sessions', 'client_email',        'text',    'text', false),
    ('client_sessions', 'session_date',        'date',    'date not null', true),
    ('client_sessions', 'start_time',          'time',    'time not null', true),
    ('client_sessions', 'duration_minutes',    'integer', 'integer not null check (duration_minutes > 0)', true),
    ('client_sessions', 'session_type',        'text',    'text', false),
    ('client_sessions', 'notes',               'text',    'text', false),
    ('client_sessions', 'status',              'label',   'text not null default ''scheduled''', true),
    ('client_sessions', 'payment_status',      'label',   'text not null default ''pending''', false),
    ('client_sessions', 'is_peer_booking',     'boolean', 'boolean not null default false', false),
    ('client_sessions', 'credit_cost',         'integer', 'integer', false),
    ('client_sessions', 'product_id',          'uuid',    'uuid', false),
    ('client_sessions', 'expires_at',          'instant', 'timestamptz', false),
    ('client_sessions', 'cancelled_at',        'instant', 'timestamptz', false),
    ('client_sessions', 'cancelled_by',        'uuid',    'uuid', false),
    ('client_sessions', 'cancellation_reason', 'text',    'text', false),
    ('client_sessions', 'idempotency_key',     'text',    'text', false),
    ('client_sessions', 'idempotency_digest',  'uuid',    'uuid', false),
    ('client_sessions', 'occupied_during',     'period',  'tstzrange', false),
    ('client_sessions', 'created_at',          'instant', 'timestamptz not null default now()', false),

    ('credits', 'user_id',      'uuid',    'uuid primary key references public.users (id) on delete cascade', true),
    ('credits', 'balance',      'integer', 'integer not null default 0', true),
    ('credits', 'owed',         'integer', 'integer not null default 0', false),
    ('credits', 'total_earned', 'integer', 'integer not null default 0', false),
    ('credits', 'total_spent',  'integer', 'integer not null default 0', false),
    ('credits', 'updated_at',   'instant', 'timestamptz not null default now()', false),

    -- No foreign keys: the ledger outlives people and sessions.
    ('credit_transactions', 'id',               'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('credit_transactions', 'user_id',          'uuid',    'uuid not null', true),
    ('credit_transactions', 'transaction_type', 'text',    'text not null', true),
    ('credit_transactions', 'amount',           'integer', 'integer not null check (amount > 0)', true),
    ('credit_transactions', 'balance_before',   'integer', 'integer', false),
    ('credit_transactions', 'balance_after',    'integer', 'integer not null', true),
    ('credit_transactions', 'owed_before',      'integer', 'integer not null default 0', false),
    ('credit_transactions', 'owed_after',       'integer', 'integer not null default 0', false),
    ('credit_transactions', 'description',      'text',    'text', false),
    ('credit_transactions', 'session_id',       'uuid',    'uuid', false),
    ('credit_transactions', 'idempotency_key',  'text',    'text', false),
    ('credit_transactions', 'created_at',       'instant', 'timestamptz not null default now()', false),

    -- No foreign key: what was told stays told, and deleting a person waits for no booking.
    ('notifications', 'id',           'uuid',    'uuid primary key default gen_random_uuid()', true),
    ('notifications', 'recipient_id', 'uuid',    'uuid', false),
    ('notifications', 'type',         'label',   'text not null', true),
    ('notifications', 'title',        'text',    'text not null default ''''', false),
    ('notifications', 'body',         'text',    'text', false),
    ('notifications', 'payload',      'json',    'jsonb not null default ''{}''', false),
    ('notifications', 'read_at',      'instant', 'timestamptz', false),
    ('notifications', 'created_at',   'instant', 'timestamptz not null default now()', false)
$$;

comment on function peer_exchange.host_columns() is
  'The columns that the extension needs of the application''s tables.';

-- The values that we write into columns whose set of values the application may have closed, as an
-- enum or with a CHECK.
create function peer_exchange.written_values()
returns table (table_name text, column_name text, written text[])
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('client_sessions', 'status', array['scheduled', 'cancelled', 'expired']),
    ('client_sessions', 'payment_status', array['paid', 'refunded', 'partially_refunded']),
    ('credit_transactions', 'transaction_type',
     array['session_payment', 'session_earning', 'refund', 'session_earning_reversal', 'bonus', 'adjustment']),
    ('notifications', 'type',
     array['peer_booking_confirmed_client', 'peer_credits_deducted', 'peer_booking_confirmed_practitioner',
           'peer_credits_earned', 'peer_booking_cancelled_refunded'])
$$;

comment on function peer_exchange.written_values() is
  'The values that the extension writes into columns whose set of values an application may have closed.';
