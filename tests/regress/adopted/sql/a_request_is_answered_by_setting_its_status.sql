-- As older clients do. The practitioner accepts.
begin;
call story.starts();
select coalesce(balance, 0) as had from credits where user_id = id('Ann') \gset
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'confirmed' where status = 'pending_approval';
reset role;
call signs_in(null);
select * from sessions where client = 'Ann' and practitioner = 'Ben';
select balance - :had as moved, held from credits where user_id = id('Ann');
select person, type, credits from messages where type <> 'peer_booking_requested' order by 1, 2;
select accept('Ann', 'Ben') -> 'replayed' as replayed;
rollback;

-- Or declines, in one way or the other; the client withdraws.
begin;
call story.starts();
call give('Ann', 200);
select balance as had from credits where user_id = id('Ann') \gset
select ask('Ann', 'Ben') -> 'success' as asked, ask('Ann', 'Ben', '12:00') -> 'success' as asked_too,
       ask('Ann', 'Ben', '14:00') -> 'success' as and_again;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'declined' where status = 'pending_approval' and start_time = '10:00';
update client_sessions set status = 'cancelled' where status = 'pending_approval' and start_time = '12:00';
reset role;
call signs_in('Ann');
set local role authenticated;
update client_sessions set status = 'cancelled' where status = 'pending_approval';
reset role;
call signs_in(null);
select * from sessions where client = 'Ann' and practitioner = 'Ben';
select balance - :had as moved, held from credits where user_id = id('Ann');
select person, type, credits from messages where type <> 'peer_booking_requested' order by 1, 2;
rollback;

-- What neither may.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
select world() as before \gset
call signs_in('Ann');
set local role authenticated;
update client_sessions set status = 'scheduled' where status = 'pending_approval';
update client_sessions set status = 'declined' where status = 'pending_approval';
update client_sessions set status = 'expired' where status = 'pending_approval';
update client_sessions set expires_at = now() + interval '1 year' where status = 'pending_approval';
update client_sessions set accepted_at = now() where status = 'pending_approval';
update client_sessions set held_credits = null where status = 'pending_approval';
reset role;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'completed' where status = 'pending_approval';
reset role;
select world() = :'before' as nothing_was_written;
call requests_run_out();
set local role authenticated;
update client_sessions set status = 'scheduled' where status = 'pending_approval';
rollback;
