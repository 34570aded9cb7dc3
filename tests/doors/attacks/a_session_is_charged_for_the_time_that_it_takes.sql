-- The older flow names a duration: a short one must not pay for a long session.
begin;
call doors.becomes('Ann');
do $$
declare
  reply json := public.process_peer_booking_credits(doors.id('Ann'), doors.id('Ben'), doors.session('unpaid'), 1);
begin
  assert (reply ->> 'credit_cost')::integer = 60, reply::text;
end $$;
call doors.fails(format('update public.client_sessions set duration_minutes = 480 where id = %L', doors.session('unpaid')), '23514');
call doors.becomes('owner');
call doors.books_balance();
rollback;
