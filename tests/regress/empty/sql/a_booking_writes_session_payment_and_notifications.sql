-- One call writes the session, a pair of ledger rows, both balances and four messages.
begin;
call story.starts();
call give('Ann', 100);

select book('Ann', 'Ben');

select * from sessions;
select * from balances;
select * from ledger;
select * from messages;
select client_name, client_email, session_type, session_date = monday() as on_that_day,
       lower(occupied_during) = monday() + time '10:00' as from_ten, upper(occupied_during) = monday() + time '11:00' as to_eleven
  from client_sessions;
select books_balance();
rollback;
