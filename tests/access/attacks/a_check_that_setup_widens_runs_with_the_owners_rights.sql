-- setup() asks a CHECK of the application whether it admits what we write, and widens it where it does not; rows are
-- checked anew.
begin;
call access.tables_belong_to_a_plain_role();
set local role access_owner;
create function public.admits(value text) returns boolean language plpgsql as
  $$ begin perform public.overhears('check'); return value not like '%reversal'; end $$;
alter table public.credit_transactions add constraint admitted check (public.admits(transaction_type));
set local role none;
delete from public.overheard;
select object, action from peer_exchange.setup(true) where object like 'constraint admitted%';
select object, action from peer_exchange.setup() where object like 'constraint admitted%';
call access.nothing_ran_with_more_rights(array['check']);
rollback;
