-- $1 person, $2 start, $3 end, $4 title. The same block again is the one that there is.
with same as (
  select event.id
    from public.calendar_events as event
   where event.user_id = $1
     and event.start_time::timestamptz = $2
     and event.end_time::timestamptz = $3
     and event.title::text = $4
     and event.status::text = 'confirmed'
     and event.event_type::text = 'block'
   limit 1
), made as (
  insert into public.calendar_events (id, user_id, start_time, end_time, title, event_type, status)
  select gen_random_uuid(), $1, $2, $3, $4, 'block', 'confirmed'
   where not exists (select from same)
  returning id
)
select id from same union all select id from made
