-- What goes back is released, the rest is paid out, and nobody ever owes.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 48, 24, 24, 30);
select book('Ann', 'Ben') -> 'success' as booked;
create function pg_temp.cancels(person text, starts_in interval) returns table (reply jsonb, payment_status text, ann text, ben text)
language plpgsql
as $$
begin
  call story.begins_in('Ann', 'Ben', starts_in);
  call story.signs_in(person);
  reply := story.refund('Ann', 'Ben');
  call story.signs_in(null);
  select session.payment_status into payment_status from client_sessions as session;
  select format('%s, %s held', balance, held) into ann from accounts() as accounts where accounts.person = 'Ann';
  select format('%s, %s owed', balance, owed) into ben from accounts() as accounts where accounts.person = 'Ben';
  return next;
end $$;
savepoint booked;
select * from pg_temp.cancels('Ann', interval '48 hours');
select books_balance();
rollback to booked;
select * from pg_temp.cancels('Ann', interval '24 hours');
select * from ledger;
select * from messages where type = 'peer_booking_cancelled_refunded';
select books_balance();
rollback to booked;
select * from pg_temp.cancels('Ann', interval '1 hour');
select books_balance();
rollback to booked;
select * from pg_temp.cancels('Ben', interval '1 hour');
select books_balance();
rollback to booked;
-- Directly it is the same.
call begins_in('Ann', 'Ben', interval '24 hours');
call signs_in('Ann');
update client_sessions set status = 'cancelled';
call signs_in(null);
select * from outcomes();
select * from accounts();
select books_balance();
rollback;
