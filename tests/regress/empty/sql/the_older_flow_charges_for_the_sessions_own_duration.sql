-- The duration in the call is the client's word; the session holds the practitioner's time.
begin;
call story.starts();
call give('Ann', 1000);
call inserts('Ann', 'Ben', minutes => 90);
select charge('Ann', 'Ben', minutes => 10) -> 'credit_cost' as cost;

-- A price that the client wrote into the session means nothing.
call inserts('Ann', 'Ben', '15:00');
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, credit_cost, payment_status)
values (id('Ann'), id('Cyd'), 'Ann', monday(), '18:00', 60, true, 1, 'paid');
select charge('Ann', 'Cyd') -> 'credit_cost' as cost;
select * from sessions;

-- A product decides as in the other flow.
insert into practitioner_products (id, practitioner_id, name, credit_cost, duration_minutes)
values ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'Massage', 25, 60);
select plain(process_peer_booking_credits(id('Ann'), id('Ben'), session('Ann', 'Ben', '15:00'), 60, 'b0000000-0000-4000-8000-000000000001')) -> 'credit_cost' as cost;
select books_balance();
rollback;
