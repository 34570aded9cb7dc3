-- Given and received; upcoming ones soonest first, all others latest first, and what can be done about each.
begin;
call story.starts();
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Asia/Tokyo'), (id('Cyd'), 'America/New_York');
-- From Ben a third goes back, at whatever time.
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 8784, 0, 0, 33.33);
call give('Ann', 1000);
call give('Cyd', 1000);
call give('Ben', 1000);
-- 20:00 in Tokyo comes before 10:00 in New York.
select book('Ann', 'Ben', '20:00') -> 'success' as booked;
select book('Ann', 'Cyd', '10:00') -> 'success' as booked;
select book('Cyd', 'Ann', '20:00', 30) -> 'success' as booked;
select book('Ben', 'Ann', '12:00', 30, monday(1)) -> 'success' as booked;
select book('Ann', 'Cyd', '09:00', 45, monday(2)) -> 'success' as booked;
select refund('Ann', 'Cyd', '09:00') -> 'success' as refunded;
select book('Cyd', 'Ben', '02:00') -> 'success' as booked;
-- One that is over, one that has begun, one that waits for approval, an unpaid one, a hold that has run out.
select book('Ann', 'Ben', '02:00') -> 'error_code' as refused;
select book('Ann', 'Ben', '04:00', 60, monday(3)) -> 'success' as booked;
update client_sessions set session_date = monday() - 30 where id = session('Ann', 'Ben', '04:00');
update client_sessions set status = 'completed' where id = session('Ann', 'Ben', '04:00');
select book('Ann', 'Ben', '05:00', 60, monday(3)) -> 'success' as booked;
update client_sessions
   set session_date = (now() at time zone 'Asia/Tokyo' - interval '10 minutes')::date,
       start_time = (now() at time zone 'Asia/Tokyo' - interval '10 minutes')::time
 where id = session('Ann', 'Ben', '05:00');
call inserts('Ann', 'Cyd', '15:00', 60, monday(3), 'pending_approval');
call inserts('Ann', 'Cyd', '16:00', 60, monday(3));
call inserts('Ann', 'Cyd', '17:00', 60, monday(3), 'pending_payment');
update client_sessions set expires_at = now() where start_time = '17:00';
call inserts('Ann', 'Cyd', '18:00', 60, monday(3), 'pending_payment');
update client_sessions set expires_at = now() + interval '1 microsecond' where start_time = '18:00';
-- An ordinary one is no peer session.
call inserts('Eli', 'Ann', '01:00', 60, monday(3), is_peer_booking => false);

create function pg_temp.listed(reply json) returns table ("as" text, who text, status text, "when" text, cancel boolean, move boolean, refund text)
language sql as $$
  select session ->> 'as', who((session -> 'counterpart' ->> 'user_id')::uuid), session ->> 'status',
         case when (session ->> 'starts_at')::timestamptz < now() and (session ->> 'ends_at')::timestamptz > now() then 'now'
              else format('%s days %s %s', (session ->> 'session_date')::date - story.monday(), session ->> 'start_time', session ->> 'timezone') end,
         (session ->> 'can_cancel')::boolean, (session ->> 'can_reschedule')::boolean,
         (session -> 'refund_now' ->> 'credits') || ' of ' || (session ->> 'credit_cost') || ', ' || (session -> 'refund_now' ->> 'percent') || ' %'
    from json_array_elements(reply -> 'sessions') as session
$$;
create function pg_temp.list_of(person text) returns setof json language plpgsql as $$
begin
  call story.signs_in(person);
  return query select json_array_elements(get_my_peer_sessions('all') -> 'sessions');
end $$;
call signs_in('Ann');
select * from pg_temp.listed(get_my_peer_sessions());
select * from pg_temp.listed(get_my_peer_sessions('past'));
-- Together they are all there are.
select (select count(*) from pg_temp.listed(get_my_peer_sessions())) + (select count(*) from pg_temp.listed(get_my_peer_sessions('past')))
       = (select count(*) from pg_temp.listed(get_my_peer_sessions('all'))) as are_all,
       (select count(*) from pg_temp.listed(get_my_peer_sessions('all'))) as listed;
select array_agg(session ->> 'starts_at') = array_agg(session ->> 'starts_at' order by (session ->> 'starts_at')::timestamptz desc) as latest_first
  from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as session;
call signs_in('Ben');
select * from pg_temp.listed(get_my_peer_sessions('all'));
call signs_in('Dee');
select get_my_peer_sessions();

-- What each can do is what the functions do.
call signs_in('Ann');
create function pg_temp.refunds(session json) returns text language plpgsql as $$
declare
  reply json;
begin
  reply := process_peer_booking_refund((session ->> 'session_id')::uuid);
  raise exception using errcode = 'UNDOE', message = coalesce(reply ->> 'error_code', format('%s credits, %s %%', reply ->> 'refunded_credits', reply ->> 'refund_percent'));
exception when sqlstate 'UNDOE' then
  return sqlerrm;
end $$;
select count(*) as sessions,
       bool_and(pg_temp.refunds(session) = format('%s credits, %s %%', session -> 'refund_now' ->> 'credits', session -> 'refund_now' ->> 'percent'))
         filter (where (session ->> 'can_cancel')::boolean) as gives_what_is_announced,
       bool_and(pg_temp.refunds(session) in ('NOT_CANCELLABLE', 'ALREADY_CANCELLED'))
         filter (where not (session ->> 'can_cancel')::boolean) as refuses_what_is_announced
  from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as session;

-- And where she can't, it says why, in the words of the function itself.
create function pg_temp.answer(person text, call text, session json) returns jsonb language plpgsql as $$
declare
  reply json;
begin
  call story.signs_in(person);
  execute call into reply using (session ->> 'session_id')::uuid;
  raise exception using errcode = 'UNDOE', message = reply::text;
exception when sqlstate 'UNDOE' then
  return case when sqlerrm::jsonb ? 'error_code'
              then jsonb_build_object('error_code', sqlerrm::jsonb -> 'error_code', 'error', sqlerrm::jsonb -> 'error') end;
end $$;
select person, count(*) as sessions,
       bool_and(pg_temp.answer(person, 'select process_peer_booking_refund($1)', session) is not distinct from nullif(session::jsonb -> 'cancel_obstacle', 'null'))
         as says_why_not_to_cancel,
       bool_and(pg_temp.answer(person, 'select reschedule_peer_booking($1, story.monday(5), ''03:00'')', session)
                is not distinct from nullif(session::jsonb -> 'reschedule_obstacle', 'null'))
         -- By his policy no time that Ben might choose is early enough: that is of the time, and not of the session.
         filter (where person = 'Ann' or not (session ->> 'can_reschedule')::boolean) as says_why_not_to_move,
       array_agg(distinct session -> 'cancel_obstacle' ->> 'error') as why_not_to_cancel,
       array_agg(distinct session -> 'reschedule_obstacle' ->> 'error') as why_not_to_move
  from unnest('{Ann,Ben}'::text[]) as person
 cross join lateral pg_temp.list_of(person) as session
 group by person;
call signs_in('Ann');

-- All that is said of one.
select string_agg(key, ', ') as keys from json_object_keys(get_my_peer_sessions()) as key;
select (get_my_peer_sessions('all') -> 'sessions' -> 4)::jsonb - '{session_id,session_date,starts_at,ends_at,cancelled_at}'::text[] as session;
select string_agg(key, ', ') as keys from json_object_keys(get_my_peer_sessions() -> 'sessions' -> 0) as key;
select (session ->> 'starts_at')::timestamptz = ((session ->> 'session_date')::date + (session ->> 'start_time')::time) at time zone (session ->> 'timezone') as starts_then,
       (session ->> 'ends_at')::timestamptz - (session ->> 'starts_at')::timestamptz as lasts
  from (select get_my_peer_sessions() -> 'sessions' -> 1 as session) as second;
select (session ->> 'cancelled_at')::timestamptz = now() as cancelled_now, session ->> 'cancellation_reason' as reason
  from json_array_elements(get_my_peer_sessions('past') -> 'sessions') as session where session ->> 'status' = 'cancelled';
rollback;

-- A colleague who has been deleted is nobody's counterpart.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from users where id = id('Ben');
call signs_in('Ann');
select session ->> 'status' as status, session -> 'counterpart' as counterpart, session -> 'refund_now' as refund, session ->> 'can_cancel' as cancel
  from json_array_elements(get_my_peer_sessions('past') -> 'sessions') as session;
rollback;
