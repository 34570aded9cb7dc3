-- After a lost answer nobody knows whether the booking was made; asking again must be safe.
begin;
call story.starts();
call give('Ann', 60);
create temporary table answer as
select create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', 'Shoulder', null, 'key-1') as reply;
select plain(reply) from answer;
select world() as before \gset

with retry as (
  select create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', 'Shoulder', null, 'key-1') as reply)
select plain(retry.reply) as reply, retry.reply ->> 'session_id' = answer.reply ->> 'session_id' as is_the_same_session
  from retry, answer;
select world() = :'before' as nothing_was_written;

-- Whatever has changed since: the balance is spent, the slot is taken by the booking itself, the
-- settings have become stricter, and in the end the session is cancelled.
set local peer_exchange.max_advance_days = 0;
select create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', 'Shoulder', null, 'key-1') ->> 'replayed' as replayed;
select refund('Ann', 'Ben') -> 'success' as refunded;
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', 'Shoulder', null, 'key-1')) as reply;
select books_balance();
rollback;
