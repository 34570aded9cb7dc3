-- The application's triggers turn down what is too close to another session or blocked, its requests hold slots, and some
-- of its people take no part. By settings quote, slots and booking know all of it: what is offered can be booked, what
-- can't be booked is not offered, and none of its triggers is needed to say so.
begin;
call story.starts();
set local peer_exchange.buffer_minutes = 15;
set local peer_exchange.opt_in_column = 'exchange_opt_in';
set local peer_exchange.busy_function = 'public.held_slots';
create function public.held_slots(p_person_id uuid, p_during tstzrange) returns setof tstzrange language sql stable as $$
  select held_during from slot_holds
   where practitioner_id = p_person_id and state = 'held' and expires_at > now() and held_during && p_during
$$;
call give('Ann', 1000);

-- Every half hour of a day, as a booking that is undone would end: by a reply, or by an error.
create function pg_temp.outcome(practitioner uuid, day date, at time) returns text language plpgsql as $$
declare
  reply json;
begin
  reply := create_peer_booking(id('Ann'), practitioner, day, at, 60, 'exchange');
  raise exception using errcode = 'XUNDO', message = coalesce(reply ->> 'error_code', 'booked');
exception when sqlstate 'XUNDO' then
  return sqlerrm;
when others then
  return sqlstate || ' ' || sqlerrm;
end $$;

-- They live in five zones, one of which nobody knows, and somebody has asked each of them for eleven o'clock in UTC. Each
-- weekday is asked for, since nobody works on some.
create temporary table asked on commit drop as
select person.id as practitioner, day
  from generate_series(10, 23) as number
  join users as person on person.email = format('practitioner%s@example.test', number)
 cross join lateral (select current_date + 6 + number % 7 * 6 as day) as asked;
insert into slot_holds (practitioner_id, held_during, expires_at)
select practitioner, tstzrange((day + time '11:00') at time zone 'UTC', (day + time '12:00') at time zone 'UTC'), now() + interval '1 day'
  from asked;

call signs_in('Ann');
create temporary table tried on commit drop as
select practitioner, day, at::time, pg_temp.outcome(practitioner, day, at::time) as outcome,
       (quote ->> 'success')::boolean as is_quoted,
       exists (select from json_array_elements(get_available_slots(practitioner, day, day, 60, 30) -> 'slots') as slot
                where slot ->> 'start_time' = to_char(at, 'HH24:MI')) as is_offered
  from asked
 cross join generate_series(timestamp '2000-01-01 06:00', timestamp '2000-01-01 21:30', '30 minutes') as at
 cross join lateral quote_peer_booking(id('Ann'), practitioner, day, at::time, 60, 'exchange') as quote;
select * from tried where (outcome = 'booked', outcome = 'booked') is distinct from (is_quoted, is_offered);
select outcome, count(*) > 0 as some from tried group by outcome order by outcome;
rollback;
