-- Cancelled, refunded and active again would be a treatment for nothing.
begin;
call access.becomes('Ann');
do $$
begin
  perform public.process_peer_booking_refund(access.session('paid'));
end $$;
call access.fails(format('update public.client_sessions set status = ''scheduled'' where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set status = ''completed'' where id = %L', access.session('paid')), '23514');
call access.refuses(format('select public.process_peer_booking_refund(%L)', access.session('paid')), 'ALREADY_CANCELLED');
do $$
declare
  reply json := public.process_peer_booking_credits(access.id('Ann'), access.id('Ben'), access.session('paid'), 60);
begin
  -- A retry may answer as before, but moves nothing.
  assert access.balance('Ann') = 1000 - 2 * 60, reply::text;
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
