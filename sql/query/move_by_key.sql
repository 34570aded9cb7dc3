-- $1 session, $2 idempotency key.
select move.moved_by,
       move.previous_session_date,
       move.previous_start_time,
       move.session_date,
       move.start_time,
       move.status,
       move.moved_at
  from peer_exchange.session_moves as move
 where move.session_id = $1
   and move.idempotency_key = $2
