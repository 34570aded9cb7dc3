-- $1 the recipient, $2 notifications. An application of two generations says it in another column
-- besides, which a trigger keeps equal from now on; rows that are older than that may differ. Locked in
-- the order of their ids, so that two such calls never wait for each other.
update public.notifications as notification
   set read_at = coalesce(notification.read_at, now())
  from (select unread.id
          from public.notifications as unread
         where unread.recipient_id = $1
           and unread.id = any ($2)
           -- What was told is not looked at: nobody may be able to read it.
           and (unread.read_at is null
                or peer_exchange.readable_columns(to_json(unread.*)::text, array['read']) -> 'read' = 'false')
         order by unread.id
           for no key update) as unread
 where notification.id = unread.id
returning notification.id
