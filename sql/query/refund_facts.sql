-- What a cancellation of one session is decided on; of a client who is gone, whatever the session's rows
-- say. To be joined laterally to `session`, which has id, therapist_id and client_id. Its entries are read once and by its id
-- alone: an index of a person's whole ledger has no part in it, however long that is. What an application has written there
-- beyond all accounts counts as what an account can hold.
select now() as now,
       ledger.paid - of_oneself.credits   as paid,
       ledger.earned - of_oneself.credits as earned,
       held.credits as held_for_it,
       ledger.refunded_before,
       terms.*
  from (select) as always
 cross join lateral (
       select peer_exchange.whole_credits(
                sum(case entry.type when 'session_payment' then entry.amount
                                    when 'refund'          then -entry.amount end)
                  filter (where entry.is_of_client)::bigint)                   as paid,
              peer_exchange.whole_credits(
                sum(case entry.type when 'session_earning'          then entry.amount
                                    when 'session_earning_reversal' then -entry.amount end)
                  filter (where entry.user_id = session.therapist_id)::bigint) as earned,
              -- Of the last payment: a session that took place after all may have been charged anew.
              coalesce(sum(entry.amount)
                       filter (where entry.is_of_client
                                 and entry.type in ('refund', 'session_hold_release')
                                 and coalesce(entry.created_at >= entry.last_payment_at, true)), 0)::bigint
                                                                               as refunded_before
         from (select made.user_id, made.transaction_type as type,
                      abs(peer_exchange.whole_credits(made.amount::bigint)::bigint) as amount, made.created_at,
                      made.user_id = session.client_id or session.client_id is null as is_of_client,
                      max(made.created_at) filter (where made.transaction_type = 'session_payment') over () as last_payment_at
                 from public.credit_transactions as made
                where made.session_id = session.id) as entry) as ledger
 -- What somebody has paid herself, as a session of an older generation may say, she has.
 cross join lateral (
       select case when session.client_id = session.therapist_id then least(ledger.paid, ledger.earned) else 0 end as credits)
              as of_oneself
 cross join lateral peer_exchange.held_for_session(session.id, session.client_id) as held
 cross join lateral peer_exchange.policy_of(session.therapist_id) as terms
