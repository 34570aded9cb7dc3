begin;
call story.starts();
call give('Ann', 1000);
create function pg_temp.missed(settled text, percent float8, minutes integer) returns table (reply jsonb, payment_status text)
language plpgsql
as $$
begin
  perform set_config('peer_exchange.settlement', settled, true);
  perform set_config('peer_exchange.no_show_percent', percent::text, true);
  perform book('Ann', 'Ben', '10:00', minutes);
  call story.begins_in('Ann', 'Ben', interval '0');
  call story.signs_in('Ben');
  reply := story.report('Ann', 'Ben', 'Waited half an hour');
  call story.signs_in(null);
  select session.payment_status into payment_status from client_sessions as session;
  return next;
end $$;
savepoint nobody_has_booked;
select reply -> 'settled_credits' as settled, reply -> 'returned_credits' as returned, payment_status
  from pg_temp.missed('completion', 100, 10);
select * from accounts();
select * from words('peer_session_no_show');
select no_show_reason, who(no_show_reported_by) as reported_by, settled_at = now() as settled from client_sessions;
select books_balance();
rollback to nobody_has_booked;
select reply -> 'settled_credits' as settled, reply -> 'returned_credits' as returned, payment_status
  from pg_temp.missed('completion', 33.33, 10);
select * from accounts();
select * from ledger;
select books_balance();
rollback to nobody_has_booked;
select reply -> 'settled_credits' as settled, reply -> 'returned_credits' as returned, payment_status
  from pg_temp.missed('completion', 0, 10);
select * from accounts();
select books_balance();
rollback to nobody_has_booked;
-- Paid at the booking, it is given back by the same share.
select reply -> 'settled_credits' as settled, reply -> 'returned_credits' as returned, payment_status
  from pg_temp.missed('booking', 33.33, 10);
select * from accounts();
select * from ledger;
select books_balance();
-- Reported twice, it is the same, and it is final.
call signs_in('Ben');
select world() as before \gset
select report('Ann', 'Ben');
select complete('Ann', 'Ben') ->> 'error_code' as completed;
call signs_in('Ann');
select report('Ann', 'Ben') -> 'details' as details;
select world() = :'before' as nothing_was_written;
rollback;
