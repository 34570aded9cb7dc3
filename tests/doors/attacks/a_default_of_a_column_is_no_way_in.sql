begin;
call doors.becomes('Ann');
call doors.fails('alter table public.credits alter column balance set default 1000');
call doors.fails('create trigger mine before insert on public.credits for each row execute function peer_exchange.mirror_balance()');
call doors.fails('alter table public.client_sessions disable trigger all');
call doors.fails('drop trigger peer_exchange_3_refund on public.client_sessions');
call doors.fails('set local session_replication_role = replica');
call doors.fails('create policy mine on public.credits using (true)');
call doors.fails('alter table public.credits disable row level security');
call doors.fails('create function peer_exchange.mine() returns integer language sql as ''select 1''');
call doors.fails('create or replace function public.process_peer_booking_refund(p_session_id uuid, p_cancellation_reason text default '''') '
                 'returns json language sql as ''select null::json''');

-- DEFAULT in place of a value: the guards see what becomes of it.
call doors.fails(format('update public.client_sessions set client_id = default where id = %L', doors.session('paid')), '23514');
call doors.fails(format('update public.client_sessions set is_peer_booking = default where id = %L', doors.session('paid')), '23514');
call doors.fails('insert into public.credits default values');
call doors.nothing_happened();
rollback;
