-- A client that inserts nine hours and says sixty minutes is asked about the nine hours.
begin;
call story.starts();
call give('Ann', 1000);
call inserts('Ann', 'Ben', '08:00', minutes => 481);
select world() as before \gset
select charge('Ann', 'Ben', minutes => 60) ->> 'error_code' as code;
select world() = :'before' as nothing_was_written;

call inserts('Ann', 'Ben', '08:00', minutes => 480, day => monday(1));
delete from client_sessions where session_date = monday();
select charge('Ann', 'Ben', minutes => 60) -> 'credit_cost' as cost;
rollback;
