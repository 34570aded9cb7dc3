-- Every discrepancy between balances and the ledger, one row each; none in a healthy database. One person after the other
-- and one session after the other, each in the order of an index: however long the ledger is, none of it is kept aside.

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

-- What the application gives for other sessions is none of these. Where one of two halves was written as an adjustment
-- with the session's id, it counts as that half.
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

create function peer_exchange.verify_ledger(p_user_id uuid, p_from timestamptz default null, p_until timestamptz default null)
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_ledger(uuid, timestamptz, timestamptz) is
  'The same for one person, NULL for everybody, and for those alone whom entries of a period concern.';

create function peer_exchange.verify_ledger()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_ledger() is
  'One row per discrepancy between balances, ledger and sessions that nobody has accepted; none in a healthy database. Reads every ledger row.';
