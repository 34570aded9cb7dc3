-- Applications have functions that run as their owner. Called by a person, the person remains the caller.
begin;
create function public.application_grants(p_user_id uuid) returns json
language sql security definer as $$ select peer_exchange.grant_credits(p_user_id, 1000, 'Gift') $$;
create function public.application_refunds(p_session_id uuid) returns json
language sql security definer as $$ select public.process_peer_booking_refund(p_session_id) $$;
create function public.application_cancels(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set status = 'cancelled' where id = p_session_id $$;
create function public.application_raises(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set credit_cost = 1000 where id = p_session_id $$;
create function public.application_moves(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set session_date = session_date + 30 where id = p_session_id $$;
grant execute on all functions in schema public to authenticated;

call access.becomes('Cyd');
call access.fails(format('select public.application_grants(%L)', access.id('Cyd')));
call access.fails(format('select public.application_refunds(%L)', access.session('paid')));
call access.fails(format('select public.application_cancels(%L)', access.session('paid')));
call access.becomes('Ann');
call access.fails(format('select public.application_raises(%L)', access.session('paid')), '23514');
call access.fails(format('select public.application_moves(%L)', access.session('soon')), '23514');
call access.nothing_happened();
rollback;
