begin;
call access.becomes('Ann');
call access.fails('update public.client_sessions set credit_cost = 1000', '23514');
call access.fails('update public.client_sessions set duration_minutes = 480', '23514');
call access.fails('update public.client_sessions set product_id = gen_random_uuid()', '23514');
call access.fails(format('update public.client_sessions set credit_cost = 1000, status = ''cancelled'' where id = %L',
                        access.session('paid')), '23514');
call access.nothing_happened();

-- Even where the column says more, the ledger alone counts.
call access.becomes('owner');
alter table public.client_sessions disable trigger zzzz_peer_exchange_1_guard_change;
update public.client_sessions set credit_cost = 1000 where id = access.session('paid');
call access.becomes('Ann');
do $$
begin
  assert (public.process_peer_booking_refund(access.session('paid')) ->> 'refunded_credits') = '60';
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
