-- Same parties, same duration, same payment; both are told; the old time is free and the new one taken.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
insert into practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost)
values ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'Neck', 45, 20);
select book('Ann', 'Ben', '10:00', 60, product => 'b0000000-0000-4000-8000-000000000001') -> 'success' as booked;
-- What was paid for stays, whatever is offered and whatever it costs by now.
update practitioner_products set is_active = false, duration_minutes = 90, credit_cost = 70;
set local peer_exchange.credits_per_minute = 9;
set local peer_exchange.max_duration_minutes = 30;
update client_sessions set status = 'confirmed';
select session('Ann', 'Ben') as session \gset

create function pg_temp.days(reply json) returns jsonb language sql as $$
  select story.plain(reply) - '{starts_at,ends_at,previous_starts_at}'::text[] || jsonb_build_object(
           'session_date', (reply ->> 'session_date')::date - story.monday(),
           'previous_session_date', (reply ->> 'previous_session_date')::date - story.monday())
$$;
create temporary view moves as
select who(moved_by) as moved_by, previous_session_date - monday() as from_day, previous_start_time as from_time,
       session_date - monday() as to_day, start_time as to_time, status, idempotency_key as key, moved_at = now() as now
  from peer_exchange.session_moves order by id;

call signs_in('Ann');
select pg_temp.days(reschedule_peer_booking(:'session', monday() + 2, '14:30', 'first')) as reply;
call signs_in('Ben');
select pg_temp.days(reschedule_peer_booking(:'session', monday() + 2, '15:00')) as reply;
call signs_in(null);
select pg_temp.days(reschedule_peer_booking(:'session', monday() + 1, '09:00', ' ')) as reply;
select session_date - monday() as day, start_time, duration_minutes, status, payment_status, credit_cost,
       occupied_during = tstzrange((monday() + 1 + time '09:00') at time zone 'UTC', (monday() + 1 + time '09:45') at time zone 'UTC') as occupies_it
  from client_sessions;
table moves;
table balances;
table ledger;
select books_balance();

-- Everybody else sees the old time free and the new one taken.
reset peer_exchange.credits_per_minute;
reset peer_exchange.max_duration_minutes;
select book('Cyd', 'Ben', '09:30', 15, monday() + 1) -> 'error_code' as refused;
select book('Cyd', 'Ben', '10:00') -> 'success' as booked;
-- The refund follows the new start.
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;

-- What both were told.
select who(recipient_id) as person, title, count(*) from notifications where type = 'peer_booking_rescheduled' group by 1, 2 order by 1;
select who(recipient_id) as person,
       body = format('The session with %s on %s at 10:00 was moved to %s at 14:30.', payload ->> 'other_party_name',
                     to_char(monday(), 'FMDD FMMonth YYYY'), to_char(monday() + 2, 'FMDD FMMonth YYYY')) as says_from_where_to_where,
       payload - '{session_id,session_date,previous_session_date,starts_at,ends_at,previous_starts_at}'::text[] as payload,
       (payload ->> 'session_id')::uuid = :'session' as of_the_session,
       (payload ->> 'session_date')::date - monday() as day, (payload ->> 'previous_session_date')::date - monday() as previous_day
  from notifications where type = 'peer_booking_rescheduled' and payload ->> 'previous_start_time' = '10:00' order by 1;
select string_agg(key, ', ') as keys from json_object_keys(reschedule_peer_booking(session('Cyd', 'Ben'), monday() + 3, '10:00')) as key;
rollback;

-- Its own time is free for it: by a few minutes, with the pause that lies between two sessions.
begin;
call story.starts();
call give('Ann', 100);
set local peer_exchange.buffer_minutes = 15;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '10:20') ->> 'start_time' as moved_to;
select book('Ben', 'Cyd', '12:00', 30) -> 'success' as booked;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '10:45') ->> 'start_time' as moved_to;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '10:46') ->> 'error_code' as refused;
rollback;

-- To where it is already: nothing happens and nobody is told, even in the time of a reduced refund.
begin;
call story.starts();
call give('Ann', 100);
insert into cancellation_policies (practitioner_id, full_refund_hours) values (id('Ben'), 8784);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
call signs_in('Ann');
select world() as before \gset
select plain(reschedule_peer_booking(:'session', monday(), '10:00')) - '{session_date,previous_session_date,starts_at,ends_at,previous_starts_at}'::text[] as reply;
select world() = :'before' as nothing_was_written, count(*) as moves from peer_exchange.session_moves;
-- Under a key the answer is remembered.
select plain(reschedule_peer_booking(:'session', monday(), '10:00', 'stays')) -> 'replayed' as replayed;
select plain(reschedule_peer_booking(:'session', monday(), '10:00', 'stays')) -> 'replayed' as replayed;
select world() = :'before' as nobody_was_told, count(*) as moves from peer_exchange.session_moves;
-- So it is after the practitioner has gone elsewhere: it stays on the clock that it was promised on.
call signs_in(null);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Asia/Tokyo');
select reschedule_peer_booking(:'session', monday(), '10:00') -> 'success' as moved;
select lower(occupied_during) = (monday() + time '10:00') at time zone 'UTC' as is_there from client_sessions;
rollback;
