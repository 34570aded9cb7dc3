begin;
call doors.becomes('Ann');
call doors.refuses(format('select public.process_peer_booking_refund(%L)', doors.session('begun')), 'NOT_CANCELLABLE');
call doors.fails(format('update public.client_sessions set status = ''cancelled'' where id = %L', doors.session('begun')), '23514');
call doors.fails(format('update public.client_sessions set status = ''cancelled'', cancelled_by = %L where id = %L',
                        doors.id('Ben'), doors.session('begun')), '23514');
call doors.nothing_happened();

-- Whoever gives it may still give the credits back.
call doors.becomes('Ben');
do $$
begin
  assert (public.process_peer_booking_refund(doors.session('begun')) ->> 'refunded_credits')::integer = 60;
end $$;
call doors.becomes('owner');
call doors.books_balance();
rollback;
