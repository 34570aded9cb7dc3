-- $1 when they are due for delivery; then five values a notification: id, recipient, title, body, payload.
insert into public.notifications (type, delivery_due_at, id, recipient_id, title, body, payload)
