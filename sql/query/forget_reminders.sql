-- What was sent for sessions that are over. Another run that does the same is not waited for.
delete from peer_exchange.sent_reminders as sent
 where sent.ctid = any (array(
         select old.ctid
           from peer_exchange.sent_reminders as old
          where old.starts_at < now() - interval '1 day'
            for update skip locked))
