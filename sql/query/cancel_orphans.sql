-- $1 locked sessions. Asked again whether they were charged: a charge may have been committed
-- between the moment they were found and the moment they were locked.
update public.client_sessions as session
   set status              = 'cancelled',
       occupied_during     = null,
       cancelled_at        = now(),
       cancellation_reason = 'Never charged'
 where session.id = any ($1)
   and not exists (select from public.credit_transactions as payment
                    where payment.session_id = session.id
                      and payment.transaction_type = 'session_payment')
returning session.id
