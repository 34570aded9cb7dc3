-- Triggers that wait for the end of the transaction, and cursors that outlive it: by then the superuser who called is
-- himself again.
begin;
call doors.tables_belong_to_a_plain_role();
set local role doors_owner;
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

select peer_exchange.grant_credits(doors.id('Ann'), 5, 'Gift') -> 'success' as was_granted;
update public.notifications set delivery_due_at = now() where recipient_id = doors.id('Ben');
set constraints all immediate;
delete from public.overheard;
set constraints all deferred;
select peer_exchange.grant_credits(doors.id('Ann'), 5, 'Gift') -> 'success' as was_granted;
select count(*) from peer_exchange.claim_notifications(1);
set constraints all immediate;
call doors.nothing_ran_with_more_rights(array['AFTER ROW UPDATE of credits', 'AFTER ROW INSERT of elsewhere']);

-- A cursor WITH HOLD is read to its end when the transaction ends.
set local role doors_owner;
create function public.leaves_a_cursor() returns trigger language plpgsql as
  $$ begin execute 'declare left_behind cursor with hold for select public.overhears(''cursor'')'; return null; end $$;
create trigger leaves_a_cursor after insert on public.credit_transactions for each row execute function public.leaves_a_cursor();
set local role none;
do $$
begin
  begin
    perform peer_exchange.grant_credits(doors.id('Ann'), 5, 'Gift');
  exception when insufficient_privilege then
  end;
  assert not exists (select from pg_cursors where name = 'left_behind'), 'a cursor is left behind';
end $$;
rollback;
