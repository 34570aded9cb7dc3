-- $1 person, $2 first and $3 last day, $4 the time zone of the days. One row a day: what stood after the last entry up to its
-- end, and what the entries within it moved. Entries without an instant are older than all days.
with boundary as (
  select $2 + number as day, peer_exchange.day_begins_at($2 + number, $4) as begins_at
    from generate_series(0, $3 - $2 + 1) as number
), calendar as (
  select boundary.day, boundary.begins_at, lead(boundary.begins_at) over (order by boundary.day) as ends_at
    from boundary
)
select calendar.day,
       coalesce(closing.balance, 0)::bigint as balance,
       coalesce(closing.held, 0)::bigint    as held,
       coalesce(closing.owed, 0)::bigint    as owed,
       moved.earned,
       moved.spent,
       moved.other
  from calendar
 cross join lateral (
       select coalesce(sum(entry.credits) filter (where entry.is_of_giving), 0)::bigint as earned,
              coalesce(-sum(entry.credits) filter (where entry.is_of_receiving), 0)::bigint as spent,
              coalesce(sum(entry.credits) filter (where not entry.is_of_giving and not entry.is_of_receiving), 0)::bigint
                as other
         from (select written.transaction_type::text in ('session_earning', 'session_earning_reversal') as is_of_giving,
                      written.transaction_type::text in ('session_payment', 'refund') as is_of_receiving,
                      peer_exchange.credits_moved(written.transaction_type::text, written.amount::bigint,
                                                  peer_exchange.worth(written.balance_before::bigint, written.held_before::bigint, written.owed_before::bigint),
                                                  peer_exchange.worth(written.balance_after::bigint, written.held_after::bigint, written.owed_after::bigint)) as credits
                 from public.credit_transactions as written
                where written.user_id = $1
                  and written.created_at >= calendar.begins_at
                  and written.created_at < calendar.ends_at) as entry) as moved
  left join lateral (
       (select dated.balance_after as balance, dated.held_after as held, dated.owed_after as owed, true as is_dated
          from public.credit_transactions as dated
         where dated.user_id = $1
           and dated.created_at < calendar.ends_at
         order by dated.created_at desc, dated.id desc
         limit 1)
       union all
       (select undated.balance_after, undated.held_after, undated.owed_after, false
          from public.credit_transactions as undated
         where undated.user_id = $1
           and undated.created_at is null
         order by undated.id desc
         limit 1)
       order by is_dated desc
       limit 1) as closing on true
 where calendar.ends_at is not null
 order by calendar.day
