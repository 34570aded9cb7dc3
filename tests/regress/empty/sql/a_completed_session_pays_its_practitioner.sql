-- Where settlement waits for completion a booking holds; the practitioner's word pays her.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
call signs_in('Ann');
select book('Ann', 'Ben');
call signs_in(null);
call begins_in('Ann', 'Ben', interval '0');
call signs_in('Ben');
select complete('Ann', 'Ben');
-- Said twice it is the same.
select world() as before \gset
select complete('Ann', 'Ben');
select world() = :'before' as nothing_was_written;
call signs_in(null);
select * from outcomes();
select settled_at = now() as settled_now, held_credits from client_sessions;
select * from accounts();
select * from ledger;
select * from messages;
select * from words('peer_session_settled');
select books_balance();
rollback;

-- What was paid at the booking stays paid, and nobody is told anew.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
select complete('Ann', 'Ben');
select complete('Ann', 'Ben');
select * from outcomes();
select count(*) from messages where type like 'peer\_session%';
select books_balance();
rollback;
