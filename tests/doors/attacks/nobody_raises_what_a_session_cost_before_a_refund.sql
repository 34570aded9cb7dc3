begin;
call doors.becomes('Ann');
call doors.fails('update public.client_sessions set credit_cost = 1000', '23514');
call doors.fails('update public.client_sessions set duration_minutes = 480', '23514');
call doors.fails('update public.client_sessions set product_id = gen_random_uuid()', '23514');
call doors.fails(format('update public.client_sessions set credit_cost = 1000, status = ''cancelled'' where id = %L',
                        doors.session('paid')), '23514');
call doors.nothing_happened();

-- Even where the column says more, the ledger alone counts.
call doors.becomes('owner');
alter table public.client_sessions disable trigger peer_exchange_1_guard_change;
update public.client_sessions set credit_cost = 1000 where id = doors.session('paid');
call doors.becomes('Ann');
do $$
begin
  assert (public.process_peer_booking_refund(doors.session('paid')) ->> 'refunded_credits') = '60';
end $$;
call doors.becomes('owner');
call doors.books_balance();
rollback;
