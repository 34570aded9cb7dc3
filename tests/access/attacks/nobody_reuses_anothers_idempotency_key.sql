begin;
call access.becomes('Cyd');
-- A key is the client's own: another person's is free, and gives away nothing of what was booked.
do $$
declare
  reply json;
begin
  execute access.booking('Cyd', 'Eve', 'key of Ann') into reply;
  assert (reply ->> 'success')::boolean and not (reply ->> 'replayed')::boolean, reply::text;
  assert (reply ->> 'session_id')::uuid <> access.session('paid');
end $$;
call access.fails(access.booking('Ann', 'Ben', 'key of Ann'));

-- Nor can she take it from a session, or give one of hers the key and the digest of another.
call access.fails('update public.client_sessions set idempotency_key = ''another''', '23514');
call access.becomes('Ben');
call access.fails('update public.client_sessions set idempotency_key = ''mine''', '23514');
call access.becomes('owner');
call access.books_balance();
rollback;
