-- Four notifications of five values each: id, recipient, title, body, payload; then $21 whether they are
-- due for delivery. The types are literals so that they fit a text column and an enum alike.
insert into public.notifications (type, id, recipient_id, title, body, payload, delivery_due_at)
values ('peer_booking_confirmed_client',       $1,  $2,  $3,  $4,  $5,  case when $21 then now() end),
       ('peer_credits_deducted',               $6,  $7,  $8,  $9,  $10, case when $21 then now() end),
       ('peer_booking_confirmed_practitioner', $11, $12, $13, $14, $15, case when $21 then now() end),
       ('peer_credits_earned',                 $16, $17, $18, $19, $20, case when $21 then now() end)
