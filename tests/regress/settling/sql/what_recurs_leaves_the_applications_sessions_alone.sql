-- Accepted and not paid for, asked for and not accepted, long overdue: it is the application's to decide what becomes of
-- them. Only holds that ran out make way, when somebody wants their time.
begin;
call story.starts();
create temporary table former on commit drop as
select id, status, payment_status, occupied_during from client_sessions;
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select peer_exchange.send_due_reminders() as reminded;
select count(*) from (table former except select id, status, payment_status, occupied_during from client_sessions) as changed;
rollback;
