-- Triggers that wait for the end of the transaction, cursors that outlive it, settings that say where names are looked
-- up: by then the superuser who called is herself again.
begin;
call access.tables_belong_to_a_plain_role();
set local role access_owner;
create table public.elsewhere (number integer);
create constraint trigger put_off after insert or update on public.credits deferrable initially deferred
  for each row execute function public.overhears();
create constraint trigger put_off_further after insert on public.elsewhere deferrable initially deferred
  for each row execute function public.overhears();
create function public.goes_elsewhere() returns trigger language plpgsql as
  $$ begin insert into public.elsewhere values (1); return null; end $$;
create trigger goes_elsewhere after insert on public.credit_transactions for each row execute function public.goes_elsewhere();
create trigger goes_elsewhere after update on public.notifications for each row execute function public.goes_elsewhere();
set local role none;

select peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift') -> 'success' as was_granted;
update public.notifications set delivery_due_at = now() where recipient_id = access.id('Ben');
set constraints all immediate;
delete from public.overheard;
set constraints all deferred;
select peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift') -> 'success' as was_granted;
select count(*) from peer_exchange.claim_notifications(1);
set constraints all immediate;
call access.nothing_ran_with_more_rights(array['AFTER ROW UPDATE of credits', 'AFTER ROW INSERT of elsewhere']);

-- A cursor WITH HOLD is read to its end when the transaction ends.
set local role access_owner;
create function public.leaves_a_cursor() returns trigger language plpgsql as
  $$ begin execute 'declare left_behind cursor with hold for select public.overhears(''cursor'')'; return null; end $$;
create trigger leaves_a_cursor after insert on public.credit_transactions for each row execute function public.leaves_a_cursor();
set local role none;
do $$
begin
  begin
    perform peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift');
  exception when insufficient_privilege then
  end;
  assert not exists (select from pg_cursors where name = 'left_behind'), 'a cursor is left behind';
end $$;

-- A path on which the owner's own functions stand before those of Postgres.
set local role access_owner;
drop trigger leaves_a_cursor on public.credit_transactions;
create function public.sets_a_path() returns trigger language plpgsql as
  $$ begin perform set_config('search_path', 'public, pg_catalog', tg_argv[0] = 'local'); return null; end $$;
create trigger sets_a_path after insert on public.credit_transactions for each row execute function public.sets_a_path('session');
create trigger sets_a_path after insert or update on public.credits for each row execute function public.sets_a_path('local');
create function public.lower(text) returns text language plpgsql as $$ begin perform public.overhears('path'); return $1; end $$;
set local role none;
do $$
declare
  former text := current_setting('search_path');
begin
  perform peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift');
  assert current_setting('search_path') = former, current_setting('search_path');
end $$;
rollback;
