-- An enum gains our types, a CHECK is widened and stays closed.
select enumlabel from pg_enum where enumtypid = 'public.notification_type'::regtype order by enumsortorder;
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after)
select id('Cyd'), type, 1, 1, 1
  from unnest(array['session_payment', 'credit_purchase', 'session_earning', 'refund', 'bonus', 'transfer',
                    'session_earning_reversal', 'adjustment']) as type;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) values (id('Cyd'), 'theft', 1, 1, 1);
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) values (id('Cyd'), '', 1, 1, 1);
rollback;
