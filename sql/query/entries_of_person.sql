-- $1 person, $2 the earliest instant, $3 and $4 the instant and the entry before which the page begins,
-- $5 how many entries, $6 of which kind and $7 with whom, if that matters. Newest first. The index on (user_id, created_at)
-- yields them in order; only those of one instant are sorted. Entries that an older generation left without an instant are
-- the oldest. Of a CASE the planner expects that it holds for every other row; of an OR, that it holds for hardly any, and
-- would rather sort them all.
with page as (
  (select entry.id, entry.created_at, entry.transaction_type, entry.amount, entry.balance_before, entry.held_before, entry.owed_before,
          entry.balance_after, entry.held_after, entry.owed_after, entry.description, entry.session_id,
          entry.created_at::timestamptz as made_at
     from public.credit_transactions as entry
    where entry.user_id = $1
      and entry.created_at >= $2
      and (entry.created_at, entry.id) < ($3, $4)
      and case when $6 is null then true else $6 = peer_exchange.entry_kind(entry.transaction_type::text) end
      and case when $7 is null then true
               else $7 = (select case $1 when shared.client_id then shared.therapist_id
                                         when shared.therapist_id then shared.client_id end
                            from public.client_sessions as shared
                           where shared.id = entry.session_id) end
    order by entry.created_at desc, entry.id desc
    limit $5)
  union all
  (select entry.id, entry.created_at, entry.transaction_type, entry.amount, entry.balance_before, entry.held_before, entry.owed_before,
          entry.balance_after, entry.held_after, entry.owed_after, entry.description, entry.session_id, '-infinity'
     from public.credit_transactions as entry
    where entry.user_id = $1
      and entry.created_at is null
      and $2 = '-infinity'
      and ('-infinity', entry.id) < ($3, $4)
      and case when $6 is null then true else $6 = peer_exchange.entry_kind(entry.transaction_type::text) end
      and case when $7 is null then true
               else $7 = (select case $1 when shared.client_id then shared.therapist_id
                                         when shared.therapist_id then shared.client_id end
                            from public.client_sessions as shared
                           where shared.id = entry.session_id) end
    order by entry.id desc
    limit $5)
)
select page.id,
       page.made_at,
       page.created_at is not null         as is_dated,
       page.transaction_type::text         as transaction_type,
       peer_exchange.credits_moved(page.transaction_type::text, page.amount::bigint,
                                   peer_exchange.worth(page.balance_before::bigint, page.held_before::bigint, page.owed_before::bigint),
                                   peer_exchange.worth(page.balance_after::bigint, page.held_after::bigint, page.owed_after::bigint)) as credits,
       page.balance_after::bigint          as balance_after,
       coalesce(page.held_after, 0)::bigint as held_after,
       coalesce(page.owed_after, 0)::bigint as owed_after,
       page.description::text              as description,
       session.id                          as session_id,
       moment.*,
       coalesce(session.status::text, '')  as status,
       case when session.client_id = $1 then session.therapist_id else session.client_id end as counterpart_id
  from page
  left join public.client_sessions as session
       on session.id = page.session_id
      and $1 in (session.client_id, session.therapist_id)
  left join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment on session.id is not null
 order by page.made_at desc, page.id desc
 limit $5
