-- On which terms a practitioner's clients cancel: the one place that says so, for refunds, quotes, lists and searches.
-- Postgres inlines it.

-- The body names a table that setup() may still have to make.
select pg_catalog.set_config('check_function_bodies', 'off', true);

create function peer_exchange.policy_of(p_practitioner_id uuid)
returns table (full_refund_hours bigint, partial_refund_hours bigint, no_refund_hours bigint, partial_refund bigint)
language sql stable
as $$
  select coalesce(own.full_refund_hours, usual.full_refund_hours)::bigint,
         coalesce(own.partial_refund_hours, usual.partial_refund_hours)::bigint,
         coalesce(own.no_refund_hours, usual.partial_refund_hours)::bigint,
         round(least(greatest(coalesce(own.partial_refund_percent, usual.partial_refund_percent::numeric), 0), 100) * 100)::bigint
    from peer_exchange.default_policy() as usual
    left join lateral (
         select coalesce(policy.full_refund_hours, 24)                    as full_refund_hours,
                coalesce(policy.partial_refund_hours, 12)                 as partial_refund_hours,
                -- Who says no more than until when a part goes back, gives nothing back after that.
                coalesce(policy.no_refund_hours, policy.partial_refund_hours, 12) as no_refund_hours,
                coalesce(nullif(policy.partial_refund_percent::numeric, 'NaN'), 50) as partial_refund_percent
           from public.cancellation_policies as policy
          where policy.practitioner_id = p_practitioner_id
            and policy.is_active
          limit 1) as own on true
$$;

comment on function peer_exchange.policy_of(uuid) is
  'The cancellation policy that is in force for the clients of a practitioner: her active one, else that of the settings. The part that goes back is in hundredths of a percent.';

select pg_catalog.set_config('check_function_bodies', 'on', true);
