-- The rows that keep reminders from being sent twice go a day after the start.
begin;
call story.starts();
insert into peer_exchange.sent_reminders (session_id, starts_at, minutes_before) values
  (id('Nobody'), now() - interval '1 day 1 microsecond', 120),
  (id('Nobody'), now() - interval '1 day', 120);
select peer_exchange.send_due_reminders() as sent;
select count(*) as kept from peer_exchange.sent_reminders;
rollback;
