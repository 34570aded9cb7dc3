-- $1 session, $2 practitioner, $3 client, $4 whether it is a peer session, $5 when it takes place.
select other.id
  from public.client_sessions as other
 where other.occupied_during && $5
   and (other.therapist_id in ($2, $3) or other.client_id in ($2, $3))
   and other.id <> $1
   -- Whom an ordinary client sees besides is the application's business.
   and ($4 or other.is_peer_booking or other.therapist_id = $2)
 limit 1
