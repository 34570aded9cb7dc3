begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
select get_practitioner_credit_cost(id('Ben'), 60) as cost;
select book('Ann', 'Ben');
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
select refund('Ann', 'Ben');
reset role;
call signs_in(null);
select * from sessions;
select person, type, amount, before, after from ledger where of_session;
select * from messages;
-- Columns of the application have their defaults.
select client_name, is_guest_booking, appointment_type, credit_earned from client_sessions where is_peer_booking;
rollback;

-- The older flow, as the application's clients do it.
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Ben', minutes => 45);
select charge('Ann', 'Ben', minutes => 45);
update client_sessions set status = 'cancelled', cancellation_reason = 'Ill' where id = session('Ann', 'Ben');
select balance, current_balance from credits;
reset role;
call signs_in(null);
select * from sessions;
select * from messages;
rollback;
