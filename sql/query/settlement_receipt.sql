-- $1 session. What its settlement moved, and what both had then; of whom it moved nothing, what she has now.
with session as (
  select settled.id, settled.client_id, settled.therapist_id, settled.settled_at
    from public.client_sessions as settled
   where settled.id = $1
), entry as (
  select moved.*
    from session
    join public.credit_transactions as moved on moved.session_id = session.id
   where moved.created_at >= session.settled_at
     and moved.transaction_type in
         ('session_payment', 'session_earning', 'session_hold_release', 'refund', 'session_earning_reversal')
)
select peer_exchange.whole_credits((select -sum(peer_exchange.held_change(entry.held_before::bigint, entry.held_after::bigint)) from entry
                                     where entry.transaction_type = 'session_payment')::bigint) as settled_credits,
       peer_exchange.whole_credits((select sum(abs(peer_exchange.countable(returned.amount::bigint))) from entry as returned
                                     where returned.transaction_type in ('session_hold_release', 'refund'))::bigint) as returned_credits,
       coalesce(clients.balance_after, client.balance, 0)::bigint                    as client_balance,
       coalesce(clients.held_after, client.held, 0)::bigint                          as client_held,
       coalesce(practitioners.balance_after, practitioner.balance, 0)::bigint        as practitioner_balance,
       coalesce(practitioners.owed_after, practitioner.owed, 0)::bigint              as practitioner_owes
  from session
  left join public.credits as client       on client.user_id = session.client_id
  left join public.credits as practitioner on practitioner.user_id = session.therapist_id
  left join lateral (select entry.* from entry where entry.user_id = session.client_id
                      order by entry.created_at desc limit 1) as clients on true
  left join lateral (select entry.* from entry where entry.user_id = session.therapist_id
                      order by entry.created_at desc limit 1) as practitioners on true
