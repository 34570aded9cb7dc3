-- $1 session. What it cost and how it moved both balances, as the ledger has it; no row where the
-- session was never charged. Which of its charges, follows in first_charge.sql or charge_in_force.sql.
select abs(payment.amount)::integer    as credit_cost,
       payment.balance_before::integer as client_balance_before,
       payment.balance_after::integer  as client_balance_after,
       earning.balance_before::integer as practitioner_balance_before,
       earning.balance_after::integer  as practitioner_balance_after
  from public.credit_transactions as payment
  left join public.credit_transactions as earning
       on earning.session_id = payment.session_id
      and earning.transaction_type = 'session_earning'
 where payment.session_id = $1
   and payment.transaction_type = 'session_payment'
