-- What a client writes of her own session before it is charged: that it is paid for is not hers to say.
\set VERBOSITY terse
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
insert into client_sessions
       (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, payment_status, created_at)
values (id('Ann'), id('Ben'), 'Ann', monday(), '10:00', 60, true, 'paid', '2999-01-01');
select payment_status, created_at = now() as made_now from client_sessions;

savepoint inserted;
update client_sessions set payment_status = 'paid';
rollback to inserted;
update client_sessions set created_at = '2999-01-01';
rollback to inserted;
update client_sessions set credit_cost = 1;
rollback to inserted;
-- That paying failed is for the older client to note.
update client_sessions set payment_status = 'failed';
select payment_status from client_sessions;

-- A session begins its life as one that is still to come, and with somebody else.
insert into client_sessions
       (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status)
values (id('Ann'), id('Ben'), 'Ann', monday(), '12:00', 60, true, 'completed');
rollback to inserted;
insert into client_sessions
       (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
values (id('Ann'), id('Ann'), 'Ann', monday(), '12:00', 60, true);
rollback;
