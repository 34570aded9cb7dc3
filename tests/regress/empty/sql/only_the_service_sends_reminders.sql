\set VERBOSITY sqlstate
begin;
call story.starts();
call signs_in('Ann');
select peer_exchange.send_due_reminders();
rollback;
