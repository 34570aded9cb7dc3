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
