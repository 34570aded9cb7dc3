-- What the host tables need: the one place that says so. setup() creates missing tables from it, adds
-- missing columns to those that exist, and refuses what can't serve.
--
-- kind says which types an existing column may have. is_key: without this column the table is
-- another one, so it is never added. meaning becomes the column's comment where we make the column.

create type peer_exchange.host_column as (
  table_name text, column_name text, kind text, definition text, is_key boolean, meaning text);

-- An application may: what stands beside its balances is made as large.
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

create function peer_exchange.host_columns() returns setof peer_exchange.host_column
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

comment on function peer_exchange.host_columns() is
  'The columns that the extension needs of the application''s tables.';

create function peer_exchange.host_tables() returns table (table_name text, meaning text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('users', 'People; a practitioner is one whose user_role may book and be booked.'),
    ('practitioner_products', 'What practitioners offer, with a price and a duration of its own.'),
    ('practitioner_availability', 'When practitioners work, and in which time zone; no row means no limit.'),
    ('calendar_events', 'What keeps practitioners busy besides their sessions.'),
    ('cancellation_policies', 'How much a client gets back who cancels late; no row means everything.'),
    ('client_sessions', 'Sessions; is_peer_booking marks those that are paid in credits.'),
    ('credits', 'One balance a person; always what the ledger adds up to.'),
    ('credit_transactions', 'The ledger: every movement of credits, append-only.'),
    ('notifications', 'What people are told, one row a recipient.')
$$;

comment on function peer_exchange.host_tables() is 'The tables of the application that the extension works with.';

-- The values that we write into columns whose set of values the application may have closed, as an
-- enum or with a CHECK; and completed, which search compares with and the application writes.
create function peer_exchange.written_values()
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

comment on function peer_exchange.written_values() is
  'The values that the extension writes into, or looks for in, columns whose set of values an application may have closed.';

-- What former versions said of columns: where that stands still, nobody has put another comment there.
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
