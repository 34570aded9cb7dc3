begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben', minutes => 45) -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
select resolve('Ann', 'Ben', 50) as not_disputed;
call signs_in('Ann');
select report('Ann', 'Ben') ->> 'status' as status;
call signs_in('Ben');
select report('Ann', 'Ben', 'It was her who did not come');
-- A dispute waits, however long.
select complete('Ann', 'Ben') -> 'replayed' as completed_before;
select report('Ann', 'Ben') -> 'replayed' as reported_before;
call signs_in(null);
call was_reported(interval '1 year');
select peer_exchange.settle_due_sessions();
select who(no_show_reported_by) as reported_by, disputed_at = now() as disputed_now, dispute_reason, settled_at from client_sessions;
select * from words('peer_session_disputed');
select * from accounts();
select books_balance();

select plain(peer_exchange.resolve_dispute(null, 50, 'x')) -> 'details' as missing;
select resolve('Ann', 'Ben', null) -> 'details' as missing;
select resolve('Ann', 'Ben', 50, ' ') -> 'details' as missing;
savepoint disputed;
select resolve('Ann', 'Ben', -0.01);
rollback to disputed;
select resolve('Ann', 'Ben', 100.01);
rollback to disputed;
select resolve('Ann', 'Ben', 'NaN');
rollback to disputed;
select resolve('Ann', 'Ben', 0);
select * from accounts();
select books_balance();
rollback to disputed;
select resolve('Ann', 'Ben', 50);
select * from accounts();
select * from ledger;
select * from words('peer_session_settled');
select books_balance();
-- Once.
select world() as before \gset
select resolve('Ann', 'Ben', 50) -> 'details' as details;
select world() = :'before' as nothing_was_written;
rollback to disputed;
select resolve('Ann', 'Ben', 100);
select * from accounts();
select books_balance();
rollback;

-- A person decides on no dispute.
begin;
call story.starts();
select has_function_privilege('public', 'peer_exchange.resolve_dispute(uuid, numeric, text)', 'execute') as anybody,
       has_function_privilege('public', 'peer_exchange.settle_due_sessions()', 'execute') as anybody;
rollback;
