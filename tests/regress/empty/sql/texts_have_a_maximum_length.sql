-- A text of a megabyte is a mistake or an attack, in whichever argument.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben') -> 'success' as booked;
select repeat('x', 1048576) as megabyte \gset
select world() as before \gset
\set ECHO none
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, :'megabyte'));
\echo :LAST_ERROR_SQLSTATE
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage', :'megabyte'));
\echo :LAST_ERROR_SQLSTATE
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage', null, null, :'megabyte'));
\echo :LAST_ERROR_SQLSTATE
select plain(process_peer_booking_refund(session('Ann', 'Ben'), :'megabyte'));
\echo :LAST_ERROR_SQLSTATE
select peer_exchange.grant_credits(id('Ann'), 1, :'megabyte');
\echo :LAST_ERROR_SQLSTATE
\set ECHO all
select world() = :'before' as nothing_was_written;

-- Both sides of each limit; characters count, not bytes.
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, repeat('x', 201)));
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage', repeat('x', 10001)));
select book('Ann', 'Ben', '12:00', key => repeat('x', 256));
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, repeat('é', 200), repeat('é', 10000), null, repeat('é', 255))) -> 'success' as booked;
select plain(process_peer_booking_refund(session('Ann', 'Ben', '12:00'), repeat('é', 2001)));
select plain(process_peer_booking_refund(session('Ann', 'Ben', '12:00'), repeat('é', 2000))) -> 'success' as refunded;
rollback;
