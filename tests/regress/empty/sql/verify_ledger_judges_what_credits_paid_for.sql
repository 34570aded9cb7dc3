-- What an application gives for its ordinary sessions is its business; what an older generation burned is no more than
-- that, and whole again once it was given back.
begin;
call story.starts();
create temporary view findings as select finding, expected, actual, detail from peer_exchange.verify_ledger() order by 1, 2, 3;
create procedure pg_temp.moves(person text, type text, change integer, of_session uuid) language sql as $$
  insert into public.credits (user_id) values (story.id(person)) on conflict (user_id) do nothing;
  with changed as (
    update public.credits set balance = balance + change where user_id = story.id(person) returning user_id, balance)
  insert into public.credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id)
  select user_id, type, abs(change), balance - change, balance, of_session from changed
$$;
call give('Ann', 300);
call inserts('Eli', 'Ben', '08:00', is_peer_booking => false);
call pg_temp.moves('Ben', 'session_earning', 5, session('Eli', 'Ben'));
table findings;

-- Burned: paid, and earned by nobody.
call inserts('Ann', 'Cyd', '10:00');
call pg_temp.moves('Ann', 'session_payment', -60, session('Ann', 'Cyd', '10:00'));
table findings;
savepoint burned;
-- Either it is given back,
call pg_temp.moves('Ann', 'refund', 60, session('Ann', 'Cyd', '10:00'));
table findings;
rollback to burned;
-- or the practitioner gets it after all;
call pg_temp.moves('Cyd', 'adjustment', 60, session('Ann', 'Cyd', '10:00'));
table findings;
-- but not both.
call pg_temp.moves('Ann', 'refund', 60, session('Ann', 'Cyd', '10:00'));
table findings;
rollback to burned;

-- An application may have written the practitioner's half of a refund as a correction.
call pg_temp.moves('Cyd', 'session_earning', 60, session('Ann', 'Cyd', '10:00'));
call pg_temp.moves('Ann', 'refund', 30, session('Ann', 'Cyd', '10:00'));
table findings;
call pg_temp.moves('Cyd', 'adjustment', -30, session('Ann', 'Cyd', '10:00'));
table findings;
rollback;
