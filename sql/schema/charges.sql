-- How sessions were charged, as the ledger has it: the one place that says so.

-- The body names tables that setup() may still have to make.
select pg_catalog.set_config('check_function_bodies', 'off', true);

-- What was paid from held credits is told as if it had been spendable until then: before, less after, is the cost. Where
-- credits are held the practitioner has before and after what her last entry until then says.
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

-- Entries of an application's own may say anything: more than the account holds is held for nothing, and where there is no
-- account any more, nothing is. Postgres inlines this, and reads the session's entries by its id alone: an index of the client's
-- whole ledger has no part in it, however long that is.
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

-- Also where it was given back since.
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
