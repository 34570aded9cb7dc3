begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
call inserts('Ann', 'Ben', '08:00');
call inserts('Ann', 'Ben', '10:00', is_peer_booking => false);
call inserts('Ann', 'Ben', '12:00');
update client_sessions set status = 'cancelled' where start_time = '12:00';
call inserts('Ann', 'Ben', '14:00', minutes => 101);
select world() as before \gset

select plain(process_peer_booking_credits(id('Ann'), id('Ben'), id('Nobody'), 60)) as no_such_session;
select charge('Ann', 'Ben', '10:00') as not_of_peers;
select plain(process_peer_booking_credits(id('Cyd'), id('Ben'), session('Ann', 'Ben', '08:00'), 60)) as somebody_elses;
select plain(process_peer_booking_credits(id('Ann'), id('Cyd'), session('Ann', 'Ben', '08:00'), 60)) as with_somebody_else;
select plain(process_peer_booking_credits(id('Ben'), id('Ann'), session('Ann', 'Ben', '08:00'), 60)) ->> 'error_code' as the_other_way_round;
select charge('Ann', 'Ben', '12:00') as cancelled;
select charge('Ann', 'Ben', '14:00', 101) as too_dear;
select plain(process_peer_booking_credits(id('Ann'), id('Ann'), session('Ann', 'Ben', '08:00'), 60)) ->> 'error_code' as herself;
select plain(process_peer_booking_credits(id('Ann'), id('Ben'), session('Ann', 'Ben', '08:00'), 60, id('Nobody'))) ->> 'error_code' as no_such_product;
select world() = :'before' as nothing_was_written;
rollback;
