-- $1 locked sessions that have been looked at. Those that are gone are forgotten as well.
delete from peer_exchange.awaited_charges as awaited
 where awaited.session_id = any ($1 || array(
         select gone.session_id
           from peer_exchange.awaited_charges as gone
          where gone.since < now() - interval '1 day'
            and not exists (select from public.client_sessions as session where session.id = gone.session_id)))
