-- What the application's own code does for anybody, nobody does by code that runs as herself: an invoker function, one of
-- her own, a view.
begin;
create function public.application_cancels(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set status = 'cancelled' where id = p_session_id $$;
create function public.application_raises(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set credit_cost = 1000 where id = p_session_id $$;
create function public.application_swaps(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set client_id = therapist_id, therapist_id = client_id where id = p_session_id $$;
create function public.application_deletes(p_session_id uuid) returns void
language sql security definer as $$ delete from public.client_sessions where id = p_session_id $$;
create function public.application_refunds(p_session_id uuid) returns json
language sql security definer as $$ select public.process_peer_booking_refund(p_session_id) $$;
create function public.helper_moves(p_session_id uuid) returns void
language sql as $$ update public.client_sessions set session_date = session_date + 30 where id = p_session_id $$;
create function public.helper_inserts(p_client_id uuid, p_practitioner_id uuid) returns void
language sql as $$
  insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
  values (p_client_id, p_practitioner_id, 'Ann Doe', (now() + interval '45 days')::date, '10:00', 60, true)
$$;
create function public.helper_grants(p_user_id uuid) returns json
language sql as $$ select peer_exchange.grant_credits(p_user_id, 1000, 'Gift') $$;
create view public.sessions_of_mine with (security_invoker) as select * from public.client_sessions;
grant select, update on public.sessions_of_mine to authenticated;
grant execute on all functions in schema public to authenticated;
do $$
begin
  execute format('grant temporary on database %I to authenticated', current_database());
end $$;

-- Not even the application swaps the parties of a session, gives a paid one another price, or deletes it.
call access.becomes('Cyd');
call access.fails(format('select public.application_raises(%L)', access.session('paid')), '23514');
call access.fails(format('select public.application_swaps(%L)', access.session('paid')), '23514');
call access.fails(format('select public.application_deletes(%L)', access.session('paid')), '23001');
-- The public functions answer whoever has signed in.
call access.fails(format('select public.application_refunds(%L)', access.session('paid')));
call access.becomes('Ann');
call access.fails(format('select public.helper_moves(%L)', access.session('soon')), '23514');
call access.fails(format('select public.helper_inserts(%L, %L)', access.id('Dan'), access.id('Eve')));
call access.fails(format('select public.helper_grants(%L)', access.id('Ann')));
call access.fails(format('update public.sessions_of_mine set session_date = session_date + 30 where id = %L', access.session('soon')), '23514');
call access.fails(format('update public.sessions_of_mine set status = ''completed'' where id = %L', access.session('paid')), '23514');
create function pg_temp.moves(p_session_id uuid) returns void
language sql security definer as $$ update public.client_sessions set session_date = session_date + 30 where id = p_session_id $$;
call access.fails(format('select pg_temp.moves(%L)', access.session('soon')), '23514');
call access.nothing_happened();

-- But it cancels for anybody, and what was paid goes back.
call access.becomes('Cyd');
do $$
begin
  perform public.application_cancels(access.session('paid'));
end $$;
call access.becomes('owner');
do $$
begin
  assert (select status = 'cancelled' and payment_status = 'refunded' from public.client_sessions where id = access.session('paid'));
end $$;
call access.books_balance();
rollback;
