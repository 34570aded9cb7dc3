-- $1 person, $2 how many. What keeps sessions away from her from now on, soonest first.
select event.id,
       event.title::text                as title,
       event.start_time::timestamptz    as starts_at,
       event.end_time::timestamptz      as ends_at
  from public.calendar_events as event
 where event.user_id = $1
   and event.end_time > now()
   and event.status::text = 'confirmed'
   and event.event_type::text in ('block', 'unavailable')
 order by event.start_time, event.id
 limit $2
