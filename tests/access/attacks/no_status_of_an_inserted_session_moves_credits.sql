begin;
call access.becomes('Ann');
do $$
declare
  wanted text;
  slot   integer := 0;
begin
  for wanted in
    select unnest(array['scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show', 'pending_payment',
                        'pending_approval', 'declined', 'expired'])
  loop
    slot := slot + 1;
    begin
      execute format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, '
                     'is_peer_booking, status, payment_status, credit_cost, cancelled_at) '
                     'values (%L, %L, ''Ann Doe'', (now() + interval ''42 days'')::date, %L, 60, true, %L, ''paid'', 1000, now())',
                     access.id('Ann'), access.id('Ben'), make_time(slot, 0, 0), wanted);
    exception when check_violation then
    end;
  end loop;
end $$;

-- Cancelled in one statement, whatever they are, they give nothing back; a refused one gives nothing either.
do $$
declare
  inserted uuid;
begin
  for inserted in select id from public.client_sessions where credit_cost = 1000 loop
    begin
      perform public.process_peer_booking_refund(inserted);
      update public.client_sessions set status = 'cancelled' where id = inserted;
    exception when check_violation then
    end;
  end loop;
  assert access.balance('Ann') = 1000 - 3 * 60, format('Ann has %s', access.balance('Ann'));
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
