-- Our functions write as the owner, but the claims are those of whoever calls: a trigger of the application that keeps people
-- from changing balances by who has signed in keeps them from booking. setup() names it with the way out.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
create function story.caller() returns uuid language sql stable as $$ select auth.uid() $$;
create function defends() returns trigger language plpgsql as $$
begin
  if story.caller() is not null then
    raise exception 'balances are changed by the service alone';
  end if;
  return new;
end $$;
create function undoes() returns trigger language plpgsql as $$
begin
  if auth.uid() is not null then
    new.balance := old.balance;
  end if;
  return new;
end $$;
create function forbids() returns trigger language plpgsql as $$ begin raise 'never by hand'; end $$;
create function notes() returns trigger language plpgsql as $$ begin raise notice 'by %', auth.uid(); return null; end $$;
create trigger a_defends before update on credits for each row execute function defends();
create trigger b_undoes before update on credits for each row execute function undoes();
create trigger c_forbids after insert on credit_transactions for each row
  when (new.amount > 1000000 and auth.uid() is not null) execute function forbids();
-- These turn nothing down, look at no claims, or never see what our functions write.
create trigger d_notes after update on credits for each row execute function notes();
create trigger e_forbids before delete on credits for each row execute function forbids();
create trigger f_defends before update on credit_transactions for each row execute function defends();
create trigger g_defends before update on credits for each row execute function defends();
alter table credits disable trigger g_defends;
create function story.named() returns table (object text, action text, detail text) language sql as $$
  select object, action, replace(detail, which_is.owner, 'which is the owner') from peer_exchange.setup(true)
   cross join (select format('which is %s', relowner::regrole) from pg_class where oid = 'public.credits'::regclass) as which_is (owner)
   where detail like 'it asks who has signed in%' order by 1
$$;
\x on
select * from story.named();
\x off
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Cyd') -> 'success' as booked;
reset role;
call signs_in(null);
-- As the detail says: dropped, or asked otherwise.
drop trigger b_undoes on credits;
drop trigger c_forbids on credit_transactions;
drop trigger d_notes on credits;
create or replace function defends() returns trigger language plpgsql as $$
begin
  if story.caller() is not null and current_user = 'authenticated' then
    raise exception 'balances are changed by the service alone';
  end if;
  return new;
end $$;
select * from story.named();
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Cyd') -> 'success' as booked;
rollback;
