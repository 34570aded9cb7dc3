-- Other tables of the application are there, but none of sessions, when a superuser runs setup() for the first time.
begin;
call access.tables_belong_to_a_plain_role();
drop table public.client_sessions cascade;
set local role access_owner;
create function public.admits(value text) returns boolean language plpgsql as
  $$ begin perform public.overhears('check'); return value not like '%reversal'; end $$;
alter table public.credit_transactions add constraint admitted check (public.admits(transaction_type)) not valid;
create trigger hears before insert or update on public.credits for each row execute function public.overhears();
set local role none;
delete from public.overheard;
select count(*) > 0 as was_set_up from peer_exchange.setup();
select peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift') is not null as was_granted;
call access.nothing_ran_with_more_rights(array['check', 'BEFORE ROW UPDATE of credits']);
rollback;
