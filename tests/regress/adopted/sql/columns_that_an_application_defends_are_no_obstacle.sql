-- Whoever pays does not write that it is paid: the application keeps the people of a session from its payment. It means
-- them, not us; so its triggers see no change of these columns, whatever their names.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
create function defends() returns trigger language plpgsql as $$
begin
  if auth.uid() in (old.client_id, old.therapist_id)
     and (new.payment_status, new.credit_cost) is distinct from (old.payment_status, old.credit_cost)
  then
    raise exception 'not by its people';
  end if;
  return new;
end $$;
create trigger defends before update on client_sessions for each row execute function defends();
create trigger zz_defends before update of payment_status, credit_cost on client_sessions for each row execute function defends();

-- A booking and a refund, by the client and by the practitioner.
select book('Ann', 'Cyd') -> 'success' as booked;
savepoint booked;
call signs_in('Ann');
set local role authenticated;
select refund('Ann', 'Cyd') -> 'refunded_credits' as refunded;
reset role;
table sessions;
rollback to booked;
call signs_in('Cyd');
set local role authenticated;
select refund('Ann', 'Cyd') -> 'refunded_credits' as refunded;
reset role;
rollback to booked;
-- By a plain UPDATE.
call signs_in('Ann');
set local role authenticated;
update client_sessions set status = 'cancelled' where is_peer_booking returning payment_status;
reset role;
rollback to booked;
-- A person who leaves.
create policy "Everybody may leave" on users for update using (auth.uid() = id);
call signs_in('Ann');
set local role authenticated;
update users set is_active = false where id = id('Ann');
reset role;
table sessions;
select balance from credits where user_id = id('Ann');
rollback to booked;
-- A move leaves the payment as it is.
call signs_in('Ann');
set local role authenticated;
select reschedule_peer_booking(session('Ann', 'Cyd'), monday(), '15:00') -> 'success' as moved;
reset role;
table sessions;
-- The older flow's charge.
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Cyd', '12:00', 30);
select charge('Ann', 'Cyd', '12:00', 30) -> 'success' as charged;
reset role;
table sessions;
select books_balance();
-- They themselves are still kept from it.
call signs_in('Ann');
set local role authenticated;
update client_sessions set payment_status = 'failed' where is_peer_booking;
rollback;

-- One that wants a session born unpaid.
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
create function is_born_unpaid() returns trigger language plpgsql as $$
begin
  if new.payment_status is distinct from 'pending' or coalesce(new.credit_cost, 0) <> 0 then
    raise exception 'born unpaid';
  end if;
  return new;
end $$;
create trigger zz_is_born_unpaid before insert on client_sessions for each row execute function is_born_unpaid();
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Cyd') -> 'success' as booked;
reset role;
table sessions;
-- Or makes it so.
create or replace function is_born_unpaid() returns trigger language plpgsql as $$
begin
  new.payment_status := 'pending';
  new.credit_cost := 0;
  return new;
end $$;
set local role authenticated;
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
reset role;
table sessions;
select books_balance();
rollback;
