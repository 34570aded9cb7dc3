begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
select accept('Ann', 'Ben') as first \gset
select accept('Ann', 'Ben') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
-- Whatever has become of the balances since.
call give('Ann', 100);
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
select accept('Ann', 'Ben') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
select count(*) from ledger where type in ('session_payment', 'session_earning') and of_session;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
select accept('Ann', 'Ben') ->> 'error_code' as code;
select books_balance();
rollback;

-- Where settlement waits, what was held is held on, and the answer stays when it is paid.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
select accept('Ann', 'Ben') as first \gset
select jsonb_pretty(:'first'::jsonb) as reply;
select payment_status, held_credits from client_sessions;
select * from accounts();
select * from messages;
select accept('Ann', 'Ben') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
select books_balance();
rollback;
