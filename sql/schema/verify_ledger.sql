-- Every discrepancy between balances and the ledger, one row each; none in a healthy database.
create function peer_exchange.ledger_findings()
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

  -- What the application gives for other sessions is none of these. Where one of two halves was written as an adjustment
  -- with the session's id, it counts as that half.
  return query
  with moved as (
    select ledger.session_id, session.is_peer_booking,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_payment'), 0)::bigint as paid,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_earning'), 0)::bigint as earned,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'refund'), 0)::bigint as refunded,
           coalesce(sum(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_earning_reversal'), 0)::bigint
             as reversed,
           coalesce(sum(greatest(adjusted.change, 0)), 0)::bigint as given,
           coalesce(sum(greatest(-adjusted.change, 0)), 0)::bigint as taken,
           count(*) filter (where ledger.transaction_type = 'session_payment') as payments,
           max(abs(ledger.amount)) filter (where ledger.transaction_type = 'session_payment') as dearest_payment
      from public.credit_transactions as ledger
      left join public.client_sessions as session on session.id = ledger.session_id
     cross join lateral (
           select case when ledger.transaction_type = 'adjustment'
                       then peer_exchange.credits_moved('adjustment', ledger.amount::bigint,
                              (ledger.balance_before - coalesce(ledger.owed_before, 0))::bigint,
                              (ledger.balance_after - coalesce(ledger.owed_after, 0))::bigint) end) as adjusted (change)
     where ledger.session_id is not null
     group by ledger.session_id, session.is_peer_booking
  ), judged as (
    select moved.*, moved.paid - moved.earned as burned, moved.refunded - moved.reversed as restored
      from moved
     -- A session that is gone was one of peers if it was paid for in credits.
     where coalesce(moved.is_peer_booking, moved.payments > 0)
  )
  select 'PAIR_BROKEN', null::uuid, judged.session_id, judged.paid, judged.earned,
         'payment and earning of a session differ'
    from judged
   where judged.burned < 0
      -- What was burned and has been given back since is whole again.
      or judged.burned > greatest(judged.restored, 0) + judged.given
  union all
  select 'PAIR_BROKEN', null, judged.session_id, judged.refunded, judged.reversed,
         'refund and reversal of a session differ'
    from judged
   where judged.restored < 0
      or judged.restored > greatest(judged.burned - judged.given, 0) + judged.taken
  union all
  select 'REFUND_TOO_HIGH', null, judged.session_id, judged.paid, judged.refunded,
         'more was given back than was paid'
    from judged
   where judged.refunded > judged.paid
  union all
  select 'CHARGED_TWICE', null, judged.session_id, 1, judged.payments, 'a session was charged several times'
    from judged
   -- Charged anew after all was given back, it is paid for once.
   where judged.payments > 1 and judged.paid - judged.refunded > judged.dearest_payment
  union all
  select 'CANCELLED_UNREFUNDED', null, judged.session_id, judged.paid, 0,
         'a session was cancelled without passing through the refund'
    from judged
    join public.client_sessions as session on session.id = judged.session_id
   where session.is_peer_booking
     and session.status::text = 'cancelled'
     and session.cancelled_at is null
     and judged.paid > 0
     and judged.refunded = 0;

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

comment on function peer_exchange.ledger_findings() is
  'Every discrepancy between balances, ledger and sessions, whether somebody has accepted it or not.';

create function peer_exchange.verify_ledger_by_owner()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select discrepancy.*
    from peer_exchange.ledger_findings() as discrepancy
   where to_jsonb(discrepancy) not in (select to_jsonb(accepted) - array['reason', 'accepted_at', 'accepted_by']
                                   from peer_exchange.accepted_findings as accepted);
end $$;

comment on function peer_exchange.verify_ledger_by_owner() is
  'What peer_exchange.verify_ledger does, as the owner of the tables.';

create function peer_exchange.verify_ledger()
returns table (finding text, user_id uuid, session_id uuid, expected bigint, actual bigint, detail text)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.verify_ledger() is
  'One row per discrepancy between balances, ledger and sessions that nobody has accepted; none in a healthy database. Reads every ledger row.';
