begin;
call doors.becomes('Ann');
call doors.fails('update public.client_sessions set is_peer_booking = false', '23514');
call doors.fails('update public.client_sessions set is_peer_booking = null', '23514');

-- Nor does an ordinary session become a peer session, to be refunded for what it never cost.
call doors.becomes('owner');
insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, credit_cost)
values (doors.id('Nobody'), doors.id('Ann'), doors.id('Ben'), 'Ann Door', (now() + interval '60 days')::date, '10:00', 60, false, 1000);
call doors.fails(format('update public.client_sessions set is_peer_booking = true where id = %L', doors.id('Nobody')), '23514');
call doors.becomes('Ben');
do $$
begin
  if doors.database() = 'adopted' then
    call doors.fails(format('update public.client_sessions set is_peer_booking = true where id = %L', doors.id('Nobody')), '23514');
  else
    call doors.touches_nothing(format('update public.client_sessions set is_peer_booking = true where id = %L', doors.id('Nobody')));
  end if;
end $$;
call doors.refuses(format('select public.process_peer_booking_refund(%L)', doors.id('Nobody')), 'NOT_PEER_BOOKING');
call doors.becomes('owner');
call doors.books_balance();
rollback;
