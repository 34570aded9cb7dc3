-- Two notifications of five values each: id, recipient, title, body, payload.
insert into public.notifications (type, id, recipient_id, title, body, payload)
values ('peer_booking_reminder', $1, $2, $3, $4, $5),
       ('peer_booking_reminder', $6, $7, $8, $9, $10)
