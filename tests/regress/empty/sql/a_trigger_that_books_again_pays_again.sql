begin;
call story.starts();
call give('Ann', 150);
create function books_again() returns trigger language plpgsql as $$
declare
  reply json;
begin
  if (select count(*) from client_sessions) < 20 then
    reply := create_peer_booking(new.client_id, new.therapist_id, new.session_date + 1, new.start_time, 60, 'massage');
    raise notice '%', coalesce(reply ->> 'error_code', reply ->> 'client_balance_after');
  end if;
  return null;
end $$;
create trigger books_again after insert on client_sessions for each row execute function books_again();
-- For her 150 credits she gets two sessions. Where the inner one took what the outer one was to be paid with, neither is made.
select book('Ann', 'Ben');
select * from balances;
select count(*) as sessions from client_sessions;
select books_balance();
rollback;

-- With enough for all of them, each is paid for once.
begin;
call story.starts();
call give('Ann', 1200);
create function books_again() returns trigger language plpgsql as $$
begin
  if (select count(*) from client_sessions) < 20 then
    perform create_peer_booking(new.client_id, new.therapist_id, new.session_date + 1, new.start_time, 60, 'massage');
  end if;
  return null;
end $$;
create trigger books_again after insert on client_sessions for each row execute function books_again();
select book('Ann', 'Ben') -> 'success' as booked;
select * from balances;
select count(*) as sessions, count(distinct session_id) as paid_for
  from client_sessions join credit_transactions on session_id = client_sessions.id and transaction_type = 'session_payment';
select books_balance();
rollback;
