-- A party may write into notes what a function would not take, and a table admits names of any length: the other party is told
-- how they begin, so that her lists stay readable. What is stored stays as it is.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') ->> 'status' as booked, book('Ann', 'Ben', '12:00') ->> 'status' as to_be_cancelled;
update users set first_name = repeat('B', 5000), last_name = 'Brook', email = repeat('b', 5000),
                 location = repeat('L', 5000), visit_address = repeat('V', 50000),
                 specializations = array(select repeat('s', 2000) from generate_series(1, 60)) where id = id('Ben');
update client_sessions set notes = repeat('n', 50000), session_type = repeat('t', 5000) where client_id = id('Ann');
update client_sessions set status = 'cancelled', cancellation_reason = repeat('r', 5000) where id = session('Ann', 'Ben', '12:00');

call signs_in('Ann');
create function pg_temp.lengths(session jsonb)
returns table (notes integer, session_type integer, reason integer, name integer, email integer, place integer)
language sql as $$
  select length(session ->> 'notes'), length(session ->> 'session_type'), length(session ->> 'cancellation_reason'),
         length(session #>> '{counterpart,name}'), length(session #>> '{counterpart,email}'), length(session #>> '{place,text}')
$$;
select lengths.* from jsonb_array_elements(get_my_peer_sessions()::jsonb -> 'sessions') as session
 cross join pg_temp.lengths(session) as lengths;
select lengths.* from pg_temp.lengths(get_peer_session(session('Ann', 'Ben', '12:00'))::jsonb -> 'session') as lengths;
select length(event ->> 'reason') as reason
  from json_array_elements(get_peer_session(session('Ann', 'Ben', '12:00')) -> 'session' -> 'history') as event
 where event ->> 'event' = 'cancelled';
select length(payload ->> 'other_party_name') as name, length(payload ->> 'reason') as reason, length(body) < 3000 as is_readable
  from notifications where recipient_id = id('Ann') and type = 'peer_booking_cancelled_refunded';
select length(get_session_calendar(session('Ann', 'Ben', '10:00')) ->> 'calendar') < 5000 as event_is_readable;
select length(found ->> 'name') as name, length(found ->> 'location') as location, json_array_length(found -> 'specializations') as specializations,
       length(found -> 'specializations' ->> 0) as of_a_specialization
  from json_array_elements(search_peer_practitioners('BBBB') -> 'practitioners') as found;
select length(notes) as notes from client_sessions where id = session('Ann', 'Ben', '10:00');
rollback;
