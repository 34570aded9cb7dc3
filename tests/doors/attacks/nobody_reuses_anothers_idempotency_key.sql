begin;
call doors.becomes('Cyd');
-- A key is the client's own: another person's is free, and gives away nothing of what was booked.
do $$
declare
  reply json;
begin
  execute doors.booking('Cyd', 'Eve', 'key of Ann') into reply;
  assert (reply ->> 'success')::boolean and not (reply ->> 'replayed')::boolean, reply::text;
  assert (reply ->> 'session_id')::uuid <> doors.session('paid');
end $$;
call doors.fails(doors.booking('Ann', 'Ben', 'key of Ann'));

-- Nor can she take it from a session, or give one of hers the key and the digest of another.
call doors.fails('update public.client_sessions set idempotency_key = ''another''', '23514');
call doors.becomes('Ben');
call doors.fails('update public.client_sessions set idempotency_key = ''mine''', '23514');
call doors.becomes('owner');
call doors.books_balance();
rollback;
