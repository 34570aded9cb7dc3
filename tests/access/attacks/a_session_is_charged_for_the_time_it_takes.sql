-- The older flow names a duration: a short one must not pay for a long session.
begin;
call access.becomes('Ann');
do $$
declare
  reply json := public.process_peer_booking_credits(access.id('Ann'), access.id('Ben'), access.session('unpaid'), 1);
begin
  assert (reply ->> 'credit_cost')::integer = 60, reply::text;
end $$;
call access.fails(format('update public.client_sessions set duration_minutes = 480 where id = %L', access.session('unpaid')), '23514');
call access.becomes('owner');
call access.books_balance();
rollback;
