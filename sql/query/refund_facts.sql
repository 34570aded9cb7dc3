-- What a cancellation of one session is decided on; of a client who is gone, whatever the session's rows
-- say. To be joined laterally to `session`, which has id, therapist_id and client_id. Its entries are read once and by its id
-- alone: an index of a person's whole ledger has no part in it, however long that is.
select now() as now,
       ledger.paid,
       ledger.earned,
       ledger.held_for_it,
       ledger.refunded_before,
       terms.full_refund_hours::bigint    as full_refund_hours,
       terms.partial_refund_hours::bigint as partial_refund_hours,
       terms.no_refund_hours::bigint      as no_refund_hours,
       round(least(greatest(terms.partial_refund_percent, 0), 100) * 100)::bigint as partial_refund
  from (select) as always
 cross join lateral (
       select coalesce(sum(case entry.type when 'session_payment' then entry.amount
                                           when 'refund'          then -entry.amount end)
                       filter (where entry.is_of_client), 0)::integer                    as paid,
              coalesce(sum(case entry.type when 'session_earning'          then entry.amount
                                           when 'session_earning_reversal' then -entry.amount end)
                       filter (where entry.user_id = session.therapist_id), 0)::integer  as earned,
              coalesce(sum(entry.held) filter (where entry.is_of_client), 0)::integer    as held_for_it,
              -- Of the last payment: a session that took place after all may have been charged anew.
              coalesce(sum(entry.amount)
                       filter (where entry.is_of_client
                                 and entry.type in ('refund', 'session_hold_release')
                                 and coalesce(entry.created_at >= entry.last_payment_at, true)), 0)::bigint
                                                                                         as refunded_before
         from (select made.user_id, made.transaction_type as type, abs(made.amount) as amount, made.created_at,
                      coalesce(made.held_after, 0) - coalesce(made.held_before, 0) as held,
                      made.user_id = session.client_id or session.client_id is null as is_of_client,
                      max(made.created_at) filter (where made.transaction_type = 'session_payment') over () as last_payment_at
                 from public.credit_transactions as made
                where made.session_id = session.id) as entry) as ledger
  left join lateral (
       select coalesce(policy.full_refund_hours, 24)                    as full_refund_hours,
              coalesce(policy.partial_refund_hours, 12)                 as partial_refund_hours,
              -- Who says no more than until when a part goes back, gives nothing back after that.
              coalesce(policy.no_refund_hours, policy.partial_refund_hours, 12) as no_refund_hours,
              coalesce(nullif(policy.partial_refund_percent::numeric, 'NaN'), 50) as partial_refund_percent
         from public.cancellation_policies as policy
        where policy.practitioner_id = session.therapist_id
          and policy.is_active
        limit 1) as own on true
 cross join lateral (
       select coalesce(own.full_refund_hours, usual.full_refund_hours)           as full_refund_hours,
              coalesce(own.partial_refund_hours, usual.partial_refund_hours)     as partial_refund_hours,
              coalesce(own.no_refund_hours, usual.partial_refund_hours)          as no_refund_hours,
              coalesce(own.partial_refund_percent, usual.partial_refund_percent::numeric) as partial_refund_percent
         from peer_exchange.default_policy() as usual) as terms
