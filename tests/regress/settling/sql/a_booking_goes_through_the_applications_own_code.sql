-- Its triggers see a booking, a move and a cancellation by our functions as they see its own, and nothing is written that
-- they forbid.
begin;
call story.starts();
create view story.watched as
select (select array_agg(concat_ws(' to ', audit.old_status, audit.new_status) order by audit.id)
          from session_audit as audit join client_sessions as session on session.id = audit.session_id
         where session.client_id = story.id('Ann')) as audited,
       (select array_agg(event order by queue.id)
          from webhook_queue as queue join client_sessions as session on session.id = queue.session_id
         where session.client_id = story.id('Ann')) as queued,
       (select array_agg(format('%s: %s to %s', story.who(user_id), old_balance, new_balance) order by audit.id)
          from credit_audit as audit
         where story.who(user_id) is not null and written_at = now()) as balances;
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
select plain(reschedule_peer_booking(:'session', monday() + 1, '14:00')) -> 'success' as moved;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
reset role;
-- In two generations of columns, where a practitioner's time is hers.
select status, payment_status, credit_cost, session_timezone, start_time from client_sessions where id = :'session';
select who(user_id) as person, balance = current_balance as twins_agree, total_earned, total_spent
  from credits where who(user_id) in ('Ann', 'Ben') order by 1;
\x on
table story.watched;
\x off
rollback;
