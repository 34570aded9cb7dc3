-- $1 how old an orphan is at least. Sessions that are being charged right now are passed over.
select session.id
  from public.client_sessions as session
 where session.is_peer_booking
   and peer_exchange.is_open_status(session.status::text)
   and session.created_at < now() - $1
   and not exists (select from public.credit_transactions as payment
                    where payment.session_id = session.id
                      and payment.transaction_type = 'session_payment')
 order by session.id
   for no key update of session skip locked
