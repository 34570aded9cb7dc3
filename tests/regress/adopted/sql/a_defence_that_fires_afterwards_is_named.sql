-- Before a session is stored nobody sees what our functions make of its payment; afterwards everybody does. A trigger of the
-- application that turns that down then keeps people from booking and cancelling: setup() names it.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select book('Ann', 'Cyd') -> 'success' as booked;
create function defends() returns trigger language plpgsql as $$
begin
  if auth.uid() in (old.client_id, old.therapist_id) and new.payment_status is distinct from old.payment_status then
    raise exception 'not by its people';
  end if;
  return new;
end $$;
create function keeps_cost() returns trigger language plpgsql as $$ begin raise 'the cost stays'; end $$;
create function notes() returns trigger language plpgsql as $$ begin raise notice 'now %', new.payment_status; return new; end $$;
create trigger a_defends after update on client_sessions for each row execute function defends();
create trigger b_defends after update of status on client_sessions for each row execute function defends();
create constraint trigger c_keeps_cost after update on client_sessions for each row
  when (new.credit_cost is distinct from old.credit_cost) execute function keeps_cost();
-- These see it before it is written, only where a statement names it, or turn nothing down.
create trigger d_defends before update on client_sessions for each row execute function defends();
create trigger e_defends after update of payment_status on client_sessions for each row execute function defends();
create trigger f_notes after update on client_sessions for each row execute function notes();
create trigger g_defends after update on client_sessions for each row execute function defends();
alter table client_sessions disable trigger g_defends;
create function story.named() returns table (object text, action text, detail text) language sql as $$
  select object, action, detail from peer_exchange.setup(true) where object like 'trigger ___%' and detail like 'it fires once%' order by 1
$$;
\x on
select * from story.named();
\x off
call signs_in('Ann');
set local role authenticated;
select refund('Ann', 'Cyd');
\echo :LAST_ERROR_SQLSTATE
reset role;
call signs_in(null);
-- As the detail says.
drop trigger a_defends on client_sessions;
drop trigger b_defends on client_sessions;
drop trigger c_keeps_cost on client_sessions;
drop trigger f_notes on client_sessions;
select * from story.named();
call signs_in('Ann');
set local role authenticated;
select refund('Ann', 'Cyd') -> 'refunded_credits' as refunded;
update client_sessions set payment_status = 'failed' where is_peer_booking;
rollback;
