-- Who asks for the refund again learns that it has happened.
begin;
call story.starts();
call give('Ann', 100);
select plain(reply) -> 'success' as booked, reply ->> 'session_id' as session
  from create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage') as reply \gset
delete from users where id = id('Ben');
select world() as before \gset
select plain(process_peer_booking_refund(:'session')) as reply;
call signs_in('Ann');
select plain(process_peer_booking_refund(:'session')) as by_ann;
select world() = :'before' as nothing_was_written;
rollback;
