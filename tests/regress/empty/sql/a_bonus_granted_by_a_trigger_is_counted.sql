-- Whatever a trigger of the application moves while a booking or a refund is under way, nothing is written over it.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 100);
create function grants_bonus() returns trigger language plpgsql as $$
declare
  bonus integer := tg_argv[0];
begin
  if new.is_peer_booking then
    perform peer_exchange.grant_credits(new.client_id, bonus, 'Bonus of a client');
    perform peer_exchange.grant_credits(new.therapist_id, bonus * 10, 'Bonus of a practitioner');
  end if;
  return new;
end $$;
create trigger a_bonus before insert or update of status on client_sessions for each row execute function grants_bonus(1);
create trigger z_bonus after insert or update of status on client_sessions for each row execute function grants_bonus(2);
select book('Ann', 'Ben') as booked;
select * from balances;
select * from ledger where description <> 'Welcome';
select refund('Ann', 'Ben') as refunded;
select * from balances;
select books_balance();
rollback;

-- The same where it hangs on the ledger, or on the balances themselves.
begin;
call story.starts();
call give('Ann', 100);
create function grants_one_more() returns trigger language plpgsql as $$
begin
  if new.transaction_type in ('session_payment', 'session_earning', 'refund') then
    perform peer_exchange.grant_credits(new.user_id, 1, 'One more');
  end if;
  return new;
end $$;
create trigger one_more after insert on credit_transactions for each row execute function grants_one_more();
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select * from balances;
select books_balance();
rollback;

begin;
call story.starts();
call give('Ann', 100);
create function writes_a_bonus() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() = 1 then
    update credits set balance = balance + 5 where user_id = new.user_id;
  end if;
  return null;
end $$;
create trigger writes_a_bonus after update on credits for each row execute function writes_a_bonus();
-- What no ledger row explains is found by who verifies.
select book('Ann', 'Ben') -> 'success' as booked;
select * from balances;
select finding, who(user_id) as person, expected, actual from peer_exchange.verify_ledger() order by 1, 2;
rollback;
