begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben', key => 'one') - 'replayed' = book('Ann', 'Ben', key => 'one') - 'replayed' as is_replayed;
call signs_in('Ann');
select plain(reschedule_peer_booking(story.session('Ann', 'Ben'), story.monday(), '15:00')) -> 'success' as moved;
select session ->> 'payment_status' as payment_status, session -> 'credit_cost' as cost, session -> 'refund_now' as refund_now,
       session -> 'can_cancel' as can_cancel, session -> 'can_reschedule' as can_reschedule
  from json_array_elements(get_my_peer_sessions('upcoming') -> 'sessions') as session;
call signs_in(null);
call waits(interval '3 days');
delete from peer_exchange.session_moves;
call begins_in('Ann', 'Ben', interval '1 hour');
delete from peer_exchange.session_moves;
select peer_exchange.send_due_reminders() as reminders;
select * from messages where type = 'peer_booking_reminder';
select * from accounts();
select books_balance();
rollback;

-- Released, it is no booking any more.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
update client_sessions set status = 'scheduled';
call waits(interval '3 days');
call begins_in('Ann', 'Ben', interval '1 hour');
select peer_exchange.send_due_reminders() as reminders;
rollback;
