-- $1 session, $2 practitioner, $3 client; of a client who is gone, whatever the session's rows say.
select now() as now,
       coalesce((select sum(case entry.transaction_type
                              when 'session_payment' then abs(entry.amount)
                              else -abs(entry.amount)
                            end)
                   from public.credit_transactions as entry
                  where entry.session_id = $1
                    and (entry.user_id = $3 or $3 is null)
                    and entry.transaction_type in ('session_payment', 'refund')), 0)::integer as paid,
       coalesce((select sum(abs(entry.amount))
                   from public.credit_transactions as entry
                  where entry.session_id = $1
                    and (entry.user_id = $3 or $3 is null)
                    and entry.transaction_type = 'refund'), 0)::bigint as refunded_before,
       policy.practitioner_id is not null               as has_policy,
       coalesce(policy.full_refund_hours, 24)::bigint    as full_refund_hours,
       coalesce(policy.partial_refund_hours, 12)::bigint as partial_refund_hours,
       coalesce(policy.no_refund_hours, 12)::bigint      as no_refund_hours,
       round(coalesce(policy.partial_refund_percent, 50)::numeric * 100)::bigint as partial_refund
  from (select) as always
  left join public.cancellation_policies as policy
       on policy.practitioner_id = $2 and policy.is_active
 limit 1
