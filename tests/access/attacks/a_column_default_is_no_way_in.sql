begin;
call access.becomes('Ann');
call access.fails('alter table public.credits alter column balance set default 1000');
call access.fails('create trigger mine before insert on public.credits for each row execute function peer_exchange.mirror_balance()');
call access.fails('alter table public.client_sessions disable trigger all');
call access.fails('drop trigger peer_exchange_3_refund on public.client_sessions');
call access.fails('set local session_replication_role = replica');
call access.fails('create policy mine on public.credits using (true)');
call access.fails('alter table public.credits disable row level security');
call access.fails('create function peer_exchange.mine() returns integer language sql as ''select 1''');
call access.fails('create or replace function public.process_peer_booking_refund(p_session_id uuid, p_cancellation_reason text default '''') '
                 'returns json language sql as ''select null::json''');

-- DEFAULT in place of a value: the guards see what becomes of it.
call access.fails(format('update public.client_sessions set client_id = default where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set is_peer_booking = default where id = %L', access.session('paid')), '23514');
call access.fails('insert into public.credits default values');
call access.nothing_happened();
rollback;
