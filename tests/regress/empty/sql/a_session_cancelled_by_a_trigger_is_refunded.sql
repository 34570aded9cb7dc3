-- Inside a call of ours, too: what an application's trigger writes is not taken for a write of ours.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
create function keeps_one() returns trigger language plpgsql as $$
begin
  update client_sessions set status = 'cancelled', cancellation_reason = 'Replaced'
   where client_id = new.client_id and id <> new.id and status = 'scheduled';
  return null;
end $$;
create trigger keeps_one after insert on client_sessions for each row execute function keeps_one();
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
select * from sessions;
select * from balances;
select person, type, amount, before, after, description from ledger where type <> 'bonus' order by person, type, before;
select books_balance();

-- While another one is being cancelled.
drop trigger keeps_one on client_sessions;
select book('Ann', 'Ben', '15:00') -> 'success' as booked;
create function cancels_all() returns trigger language plpgsql as $$
begin
  update client_sessions set status = 'cancelled' where status = 'scheduled';
  return null;
end $$;
create trigger cancels_all after update of status on client_sessions for each row execute function cancels_all();
select refund('Ann', 'Cyd') -> 'refunded_credits' as refunded;
select * from sessions;
select * from balances;
select books_balance();
rollback;
