begin;
call access.becomes('Ann');
call access.fails('update public.client_sessions set is_peer_booking = false', '23514');
call access.fails('update public.client_sessions set is_peer_booking = null', '23514');

-- Nor does an ordinary session become a peer session, to be refunded for what it never cost.
call access.becomes('owner');
insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, credit_cost)
values (access.id('Nobody'), access.id('Ann'), access.id('Ben'), 'Ann Doe', (now() + interval '60 days')::date, '10:00', 60, false, 1000);
call access.fails(format('update public.client_sessions set is_peer_booking = true where id = %L', access.id('Nobody')), '23514');
call access.becomes('Ben');
do $$
begin
  if access.database() <> 'empty' then
    call access.fails(format('update public.client_sessions set is_peer_booking = true where id = %L', access.id('Nobody')), '23514');
  else
    call access.touches_nothing(format('update public.client_sessions set is_peer_booking = true where id = %L', access.id('Nobody')));
  end if;
end $$;
call access.refuses(format('select public.process_peer_booking_refund(%L)', access.id('Nobody')), 'NOT_PEER_BOOKING');
call access.becomes('owner');
call access.books_balance();
rollback;
