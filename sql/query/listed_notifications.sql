-- Completes notify.sql for many of one type: five lists, as it has values.
       listed.id, listed.recipient_id, listed.title, listed.body, listed.payload::json
  from unnest($2, $3, $4, $5, $6) with ordinality as listed (id, recipient_id, title, body, payload, position)
 order by listed.position
