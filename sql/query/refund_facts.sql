-- What a cancellation of one session is decided on; of a client who is gone, whatever the session's rows
-- say. To be joined laterally to `session`, which has id, therapist_id and client_id.
select now() as now,
       coalesce((select sum(case entry.transaction_type
                              when 'session_payment' then abs(entry.amount)
                              else -abs(entry.amount)
                            end)
                   from public.credit_transactions as entry
                  where entry.session_id = session.id
                    and (entry.user_id = session.client_id or session.client_id is null)
                    and entry.transaction_type in ('session_payment', 'refund')), 0)::integer as paid,
       coalesce((select sum(case entry.transaction_type
                              when 'session_earning' then abs(entry.amount)
                              else -abs(entry.amount)
                            end)
                   from public.credit_transactions as entry
                  where entry.session_id = session.id
                    and entry.user_id = session.therapist_id
                    and entry.transaction_type in ('session_earning', 'session_earning_reversal')), 0)::integer as earned,
       coalesce((select sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0))
                   from public.credit_transactions as entry
                  where entry.session_id = session.id
                    and (entry.user_id = session.client_id or session.client_id is null)), 0)::integer as held_for_it,
       -- Of the last payment: a session that took place after all may have been charged anew.
       coalesce((select sum(abs(entry.amount))
                   from public.credit_transactions as entry
                  where entry.session_id = session.id
                    and (entry.user_id = session.client_id or session.client_id is null)
                    and entry.transaction_type in ('refund', 'session_hold_release')
                    and not exists (select from public.credit_transactions as payment
                                     where payment.session_id = session.id
                                       and payment.transaction_type = 'session_payment'
                                       and payment.created_at > entry.created_at)), 0)::bigint as refunded_before,
       terms.full_refund_hours::bigint    as full_refund_hours,
       terms.partial_refund_hours::bigint as partial_refund_hours,
       terms.no_refund_hours::bigint      as no_refund_hours,
       round(least(greatest(terms.partial_refund_percent, 0), 100) * 100)::bigint as partial_refund
  from (select) as always
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
