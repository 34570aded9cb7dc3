-- $1 people; by how much in all $2 balance, $3 what is held, $4 what is owed, $5 earned and $6 spent change for each of
-- them; $7 balance, $8 what was held and $9 what was owed when that was decided. Of every movement, in the order in which
-- they follow one another, $10 entry, $11 person, $12 type, $13 amount, then before and after $14 and $15 balance, $16 and
-- $17 what was held, $18 and $19 what was owed, $20 what for, $21 session. Who has something else by now is left out, with
-- her entries. A row for each person, then one for each entry.
with moved as (
  update public.credits as account
     set balance      = coalesce(account.balance, 0) + change.balance,
         held         = coalesce(account.held, 0) + change.held,
         owed         = coalesce(account.owed, 0) + change.owed,
         total_earned = coalesce(account.total_earned, 0) + change.total_earned,
         total_spent  = coalesce(account.total_spent, 0) + change.total_spent,
         updated_at   = now()
    from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
           as change (user_id, balance, held, owed, total_earned, total_spent, balance_before, held_before, owed_before)
   where account.user_id = change.user_id
     and coalesce(account.balance, 0) = change.balance_before
     and coalesce(account.held, 0) = change.held_before
     and coalesce(account.owed, 0) = change.owed_before
  returning account.user_id, account.balance, account.held, account.owed
), entry as (
  insert into public.credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, owed_before,
          owed_after, description, session_id, created_at)
  select listed.id, listed.user_id, listed.transaction_type, listed.amount, listed.balance_before,
         listed.balance_after, listed.held_before, listed.held_after, listed.owed_before, listed.owed_after,
         listed.description, listed.session_id, clock_timestamp()
    from unnest($10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) with ordinality
           as listed (id, user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after,
                      owed_before, owed_after, description, session_id, position)
   -- Asked so that it is no join: planned for a few, one would compare everybody with everybody.
   where (listed.user_id in (select moved.user_id from moved)) is true
   order by listed.position
  returning user_id, transaction_type, session_id, idempotency_key, amount, balance_before, balance_after, held_before,
            held_after, owed_before, owed_after
)
select moved.user_id,
       null::text             as transaction_type,
       null::uuid             as session_id,
       null::text             as idempotency_key,
       null::bigint           as amount,
       null::bigint           as balance_before,
       moved.balance::bigint  as balance_after,
       null::bigint           as held_before,
       moved.held::bigint     as held_after,
       null::bigint           as owed_before,
       moved.owed::bigint     as owed_after
  from moved
 union all
select entry.user_id, entry.transaction_type::text, entry.session_id, entry.idempotency_key::text, entry.amount::bigint, entry.balance_before::bigint, entry.balance_after::bigint,
       entry.held_before::bigint, entry.held_after::bigint, entry.owed_before::bigint, entry.owed_after::bigint
  from entry
