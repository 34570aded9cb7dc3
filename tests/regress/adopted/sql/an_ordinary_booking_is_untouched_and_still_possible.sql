\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
-- The one that was there before us, with a price in money.
select client_name, session_date, start_time, duration_minutes, status, price, payment_status, credit_cost, is_peer_booking
  from client_sessions;

-- Eli books as this application's clients do, and it is no business of ours what becomes of it.
call signs_in('Eli');
set local role authenticated;
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, session_type, price)
values (id('Eli'), id('Ben'), 'Eli East', monday(), '10:00', 60, 'massage', 60);
reset role;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'confirmed', payment_status = 'completed', price = 55, duration_minutes = 45 where session_date = monday();
select status, payment_status, price, duration_minutes from client_sessions where session_date = monday();
update client_sessions set status = 'cancelled' where session_date = monday();
update client_sessions set status = 'scheduled' where session_date = monday();
delete from client_sessions where session_date = monday();
reset role;
call signs_in(null);
select count(*) as sessions from client_sessions;
select count(*) as entries from credit_transactions;
select count(*) as messages from notifications;
rollback;
