-- The application accepts many at once, and one that has expired.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
select ask('Ann', 'Ben') -> 'success' as asked, ask('Cyd', 'Ann', '14:00') -> 'success' as asked_too;
call requests_run_out();
update client_sessions set status = 'scheduled';
select * from sessions;
select * from accounts();
select books_balance();
rollback;

-- Where settlement waits for completion, credits stay held.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
update client_sessions set status = 'confirmed';
select * from sessions;
select * from accounts();
select * from messages;
select books_balance();
rollback;
