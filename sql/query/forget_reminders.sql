-- What was sent for sessions that are over. Another run that does the same is not waited for.
delete from peer_exchange.sent_reminders as sent
 where (sent.starts_at, sent.session_id, sent.minutes_before) in (
       select old.starts_at, old.session_id, old.minutes_before
         from peer_exchange.sent_reminders as old
        where old.starts_at < now() - interval '1 day'
          for update skip locked)
