-- A key and a digest on an inserted session would make a retry answer with a booking that nobody paid for.
begin;
call access.becomes('Ann');
insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking,
                                    idempotency_key, idempotency_digest, payment_status, credit_cost)
values (access.id('Ann'), access.id('Ben'), 'Ann Doe', (now() + interval '41 days')::date, '10:00', 60, true,
        'forged', access.id('Nobody'), 'paid', 1000);
do $$
begin
  assert (select idempotency_digest is null from public.client_sessions where idempotency_key = 'forged');
end $$;
call access.refuses(access.booking('Ann', 'Ben', 'forged'), 'IDEMPOTENCY_KEY_REUSED');

-- It was marked as paid and never was: nothing comes back.
do $$
declare
  reply json := public.process_peer_booking_refund((select id from public.client_sessions where idempotency_key = 'forged'));
begin
  assert (reply ->> 'refunded_credits')::integer = 0, reply::text;
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
