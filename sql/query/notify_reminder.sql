-- Two notifications of five values each: id, recipient, title, body, payload; then $11 whether they are
-- due for delivery.
insert into public.notifications (type, id, recipient_id, title, body, payload, delivery_due_at)
values ('peer_booking_reminder', $1, $2, $3, $4, $5,  case when $11 then now() end),
       ('peer_booking_reminder', $6, $7, $8, $9, $10, case when $11 then now() end)
