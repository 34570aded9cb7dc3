-- $1 id, $2 recipient, $3 title, $4 body, $5 payload, $6 whether it is due for delivery.
insert into public.notifications (type, id, recipient_id, title, body, payload, delivery_due_at)
values ('peer_booking_cancelled_refunded', $1, $2, $3, $4, $5, case when $6 then now() end)
