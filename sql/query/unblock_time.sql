-- $1 person, $2 event.
delete from public.calendar_events as event
 where event.id = $2
   and event.user_id = $1
   and event.event_type::text in ('block', 'unavailable')
returning event.id
