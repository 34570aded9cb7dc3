-- $1 what for, $2 session, $3 idempotency key. $4 entry, $5 person, $6 type, $7 amount, $8 and $9 balance before
-- and after, $10 and $11 what is owed before and after. $12 to $19 the same of another entry, if there is one.
insert into public.credit_transactions
       (id, user_id, transaction_type, amount, balance_before, balance_after, owed_before, owed_after,
        description, session_id, idempotency_key, created_at)
select entry.id, entry.user_id, entry.transaction_type, entry.amount, entry.balance_before, entry.balance_after,
       entry.owed_before, entry.owed_after, $1, $2, $3, clock_timestamp()
  from (values ($4, $5, $6, $7, $8, $9, $10, $11),
               ($12, $13, $14, $15, $16, $17, $18, $19))
         as entry (id, user_id, transaction_type, amount, balance_before, balance_after, owed_before, owed_after)
 where entry.id is not null
returning user_id,
          amount::integer         as amount,
          balance_before::integer as balance_before,
          balance_after::integer  as balance_after,
          owed_before::integer    as owed_before,
          owed_after::integer     as owed_after
