-- With its enums, twin columns and unique index; and nobody reads or writes what the extension keeps of it.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
call signs_in('Ann');
set local role authenticated;
select plain(reschedule_peer_booking(:'session', monday() + 1, '14:00', 'once')) - '{session_date,previous_session_date,starts_at,ends_at,previous_starts_at}'::text[] as reply;
select plain(reschedule_peer_booking(:'session', monday() + 1, '14:00', 'once')) -> 'replayed' as replayed;
-- Ben rests from twelve to one on Tuesdays.
select reschedule_peer_booking(:'session', monday() + 1, '11:30') -> 'error_code' as refused;
select session_date - monday() as day, start_time, status from client_sessions;
select * from peer_exchange.session_moves;
insert into peer_exchange.session_moves (id, session_id) values (id('Ann'), :'session');
delete from peer_exchange.session_moves;
update client_sessions set start_time = '15:00';
reset role;
set local role anon;
select * from peer_exchange.session_moves;
reset role;
call signs_in(null);
-- In both generations of columns.
select who(recipient_id) as person, user_id = recipient_id and message = body and metadata = payload as in_both, title
  from notifications where type = 'peer_booking_rescheduled' order by 1;
rollback;
