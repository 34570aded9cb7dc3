-- Stars are what people choose a practitioner by.
begin;
select peer_exchange.has_rating_columns() as are_kept \gset
\if :are_kept
call access.becomes('Ben');
call access.fails(format('update public.client_sessions set rating = 5 where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set rating = 5, rated_at = now() where id = %L', access.session('unpaid')), '23514');
call access.fails(format('select public.rate_peer_session(%L, 5)', access.session('paid')), '42501');
call access.becomes('Ann');
call access.fails(format('update public.client_sessions set rating = 1 where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set rating_comment = ''Cold hands'' where id = %L', access.session('paid')), '23514');
call access.nothing_happened();
-- A session that she makes has none, whatever she says; nor does one that has not taken place get one.
insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status, rating, rating_comment, rated_at)
values (access.id('Ann'), access.id('Ben'), 'Ann Doe', (now() + interval '42 days')::date, '10:00', 60, true, 'scheduled', 5, 'Splendid', now());
do $$
begin
  assert (select count(*) = 0 from public.client_sessions where rating is not null or rating_comment is not null or rated_at is not null),
         'a session was rated directly';
  assert (select public.rate_peer_session(access.session('paid'), 5) ->> 'error_code') = 'NOT_COMPLETED', 'rated too early';
end $$;
call access.becomes('Cyd');
do $$
begin
  assert (select public.rate_peer_session(access.session('paid'), 5) ->> 'error_code') = 'SESSION_NOT_FOUND', 'a stranger knows';
end $$;
\endif
rollback;
