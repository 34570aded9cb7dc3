-- An older generation took payments and credited nobody. Cancelled, such a session gives the client back what she paid,
-- and takes nothing from a practitioner who got nothing; by whichever way it is cancelled.
begin;
call story.starts();
create temporary table burned on commit drop as
select session.id, session.client_id, session.therapist_id, row_number() over (order by session.id) as number
  from client_sessions as session
 where session.is_peer_booking and session.payment_status = 'paid' and session.status = 'scheduled'
   and session.session_date > current_date + 2
   and not exists (select from credit_transactions as entry
                    where entry.session_id = session.id and transaction_type = 'session_earning')
 order by session.id
 limit 2;
create temporary view present as
select number, client.balance as client_has, practitioner.balance as practitioner_has
  from burned
  join credits as client on client.user_id = client_id
  join credits as practitioner on practitioner.user_id = therapist_id;
create temporary table former on commit drop as table present;

select process_peer_booking_refund(id) ->> 'refunded_credits' as refunded from burned where number = 1;
update client_sessions set status = 'cancelled' where id = (select id from burned where number = 2);
select present.client_has - former.client_has as client, present.practitioner_has - former.practitioner_has as practitioner
  from present join former using (number) order by number;
select transaction_type, amount, count(*)
  from credit_transactions join burned on burned.id = session_id
 group by transaction_type, amount order by transaction_type;
-- Nothing is left to find of these two.
select finding from peer_exchange.verify_ledger() where session_id in (select id from burned);
rollback;
