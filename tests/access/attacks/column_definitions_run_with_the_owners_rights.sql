-- Defaults, CHECK constraints, domains and generated columns.
begin;
call access.tables_belong_to_a_plain_role();
set local role access_owner;
create domain public.overheard_text as text check (public.overhears('domain') or value is null);
create function public.generates(value text) returns text language plpgsql immutable as
  $$ begin perform public.overhears('generated column'); return value; end $$;
create function public.indexes(value text) returns text language plpgsql immutable as
  $$ begin perform public.overhears('index'); return value; end $$;
do $$
declare
  host_table name;
begin
  foreach host_table in array array['client_sessions', 'credits', 'credit_transactions', 'notifications'] loop
    execute format('alter table public.%1$I add heard boolean', host_table);
    execute format('alter table public.%1$I alter heard set default public.overhears(''default of %1$s'')', host_table);
    execute format('alter table public.%1$I add constraint heard check (public.overhears(''check of %1$s'')) not valid', host_table);
  end loop;
end $$;
alter table public.client_sessions add remark public.overheard_text default 'none';
alter table public.client_sessions add copied text generated always as (public.generates(notes)) stored;
create index overheard_idx on public.client_sessions (public.indexes(notes));
create index overheard_part_idx on public.credits (user_id) where public.indexes('part') is null;
set local role none;
delete from public.overheard;

do $$
declare
  booked  json := public.create_peer_booking(access.id('Ann'), access.id('Ben'), (now() + interval '40 days')::date, '10:00', 60, 'massage');
begin
  assert (booked ->> 'success')::boolean, booked::text;
  assert (public.process_peer_booking_refund((booked ->> 'session_id')::uuid) ->> 'success')::boolean;
  perform peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift');
end $$;
select count(*) > 0 as was_set_up from peer_exchange.setup();
set local role access_owner;
update public.client_sessions set status = 'cancelled' where id = access.session('paid');
update public.users set is_active = false where id = access.id('Dan');
set local role none;
call access.nothing_ran_with_more_rights(array[
  'domain', 'generated column', 'index', 'default of client_sessions', 'check of credits', 'default of credit_transactions', 'check of notifications']);
rollback;
