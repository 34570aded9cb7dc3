-- $1 people, whose balance rows are locked, and $2 an entry for each; $3 amount, $4 what for, $5 idempotency key.
with moved as (
  update public.credits as account
     set balance      = coalesce(account.balance, 0) + $3,
         total_earned = coalesce(account.total_earned, 0) + $3,
         updated_at   = now()
   where account.user_id = any ($1)
  returning account.user_id, account.balance, coalesce(account.held, 0) as held,
            coalesce(account.owed, 0) as owed
)
insert into public.credit_transactions
       (id, user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after,
        owed_before, owed_after, description, idempotency_key, created_at)
select entry.id, moved.user_id, 'bonus', $3, moved.balance - $3, moved.balance, moved.held, moved.held,
       moved.owed, moved.owed, $4, $5, clock_timestamp()
  from moved
  join unnest($1, $2) as entry (user_id, id) on entry.user_id = moved.user_id
returning user_id,
          (transaction_type, session_id, idempotency_key) is not distinct from ('bonus', null, $5) as is_as_decided,
          amount::bigint         as amount,
          balance_before::bigint as balance_before,
          balance_after::bigint  as balance_after,
          held_before::bigint    as held_before,
          held_after::bigint     as held_after,
          owed_before::bigint    as owed_before,
          owed_after::bigint     as owed_after
