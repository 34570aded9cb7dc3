-- Cancelled, refunded and active again would be a treatment for nothing.
begin;
call doors.becomes('Ann');
do $$
begin
  perform public.process_peer_booking_refund(doors.session('paid'));
end $$;
call doors.fails(format('update public.client_sessions set status = ''scheduled'' where id = %L', doors.session('paid')), '23514');
call doors.fails(format('update public.client_sessions set status = ''completed'' where id = %L', doors.session('paid')), '23514');
call doors.refuses(format('select public.process_peer_booking_refund(%L)', doors.session('paid')), 'ALREADY_CANCELLED');
do $$
declare
  reply json := public.process_peer_booking_credits(doors.id('Ann'), doors.id('Ben'), doors.session('paid'), 60);
begin
  -- A retry may answer as before, but moves nothing.
  assert doors.balance('Ann') = 1000 - 2 * 60, reply::text;
end $$;
call doors.becomes('owner');
call doors.books_balance();
rollback;
