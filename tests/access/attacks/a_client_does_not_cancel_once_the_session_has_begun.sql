begin;
call access.becomes('Ann');
call access.refuses(format('select public.process_peer_booking_refund(%L)', access.session('begun')), 'NOT_CANCELLABLE');
call access.fails(format('update public.client_sessions set status = ''cancelled'' where id = %L', access.session('begun')), '23514');
call access.fails(format('update public.client_sessions set status = ''cancelled'', cancelled_by = %L where id = %L',
                        access.id('Ben'), access.session('begun')), '23514');
call access.nothing_happened();

-- Whoever gives it may still give the credits back.
call access.becomes('Ben');
do $$
begin
  assert (public.process_peer_booking_refund(access.session('begun')) ->> 'refunded_credits')::integer = 60;
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
