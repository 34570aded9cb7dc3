\set VERBOSITY terse
-- The row that an older client gets back says what the refund did, and who cancelled, whatever the
-- client wrote.
begin;
call story.starts();
call give('Ann', 200);
insert into public.cancellation_policies (practitioner_id) values (id('Ben'));
select book('Ann', 'Ben', (now() + interval '18 hours')::time, day => (now() + interval '18 hours')::date) -> 'success' as booked;
call signs_in('Ann');
update public.client_sessions set status = 'cancelled', cancelled_by = id('Ben')
returning payment_status, who(cancelled_by) as cancelled_by, cancellation_reason, cancelled_at = now() as just_now;
select * from balances;
call signs_in(null);

-- Half was for Ann's cancellation; of Ben's she gets everything, and the application may say which.
select book('Ann', 'Ben', (now() + interval '18 hours')::time, day => (now() + interval '18 hours')::date) -> 'success' as booked;
update public.client_sessions set status = 'cancelled', cancelled_by = id('Ben'), cancellation_reason = 'Ill'
 where status = 'scheduled'
returning payment_status, who(cancelled_by) as cancelled_by, cancellation_reason;
select * from balances;
select books_balance();
rollback;
