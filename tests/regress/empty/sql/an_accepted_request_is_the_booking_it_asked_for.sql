begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ben');
select jsonb_pretty(accept('Ann', 'Ben')) as reply;
call signs_in(null);
select * from sessions;
select held_credits, accepted_at = now() as accepted_now from client_sessions;
select * from accounts();
select * from ledger where type <> 'bonus';
select * from messages;
select * from peer_exchange.verify_ledger();
select books_balance();
rollback;

-- But for what is told of it, there is no difference to a booking made at once.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') as booked \gset
select refund('Ann', 'Ben') -> 'success' as refunded;
select ask('Ann', 'Ben', '12:00') -> 'success' as asked;
select accept('Ann', 'Ben', '12:00') = :'booked'::jsonb as is_the_same;
rollback;
