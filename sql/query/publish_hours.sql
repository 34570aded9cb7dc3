-- $1 practitioner, $2 hours, $3 time zone.
with changed as (
  update public.practitioner_availability as published
     set working_hours = $2, timezone = $3
   where published.user_id = $1
  returning published.user_id
)
insert into public.practitioner_availability (user_id, working_hours, timezone)
select $1, $2, $3
 where not exists (select from changed)
