-- $1 id, $2 recipient, $3 title, $4 body, $5 payload.
insert into public.notifications (type, id, recipient_id, title, body, payload)
values ('peer_booking_cancelled_refunded', $1, $2, $3, $4, $5)
