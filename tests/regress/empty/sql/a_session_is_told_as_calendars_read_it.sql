-- One file a session, the same event at every reading: what is moved, accepted or cancelled changes it.
begin;
call story.starts();
call give('Ann', 300);
set local peer_exchange.session_page = 'https://clinic.test/#/session/{session_id}';
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
update users set location = '12 Mill Lane, Leeds' where id = id('Ben');
-- Its lines whole again, without ids, instants of today and the time zone, which is that of the year.
create function pg_temp.read(calendar text) returns setof text language sql as $$
  select case when line ~ '^(DTSTAMP|LAST-MODIFIED):\d{8}T\d{6}Z$' then split_part(line, ':', 1)
              else replace(replace(regexp_replace(line, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '<session>'),
                                   to_char(monday(), 'YYYYMMDD'), '<Monday>'), to_char(monday(1), 'YYYYMMDD'), '<Monday after>') end
    from regexp_split_to_table(
           regexp_replace(replace(calendar, E'\r\n ', ''), 'BEGIN:(STANDARD|DAYLIGHT).*END:(STANDARD|DAYLIGHT)', '<clocks>'),
           E'\r\n') with ordinality as said (line, place)
   where line <> ''
   order by place
$$;
create function pg_temp.event(calendar text) returns setof text language sql as $$
  select line from pg_temp.read(calendar) as line where line ~ '^(METHOD|SEQUENCE|STATUS|SUMMARY|DTSTART|DTEND)'
$$;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
call signs_in('Ann');
select get_session_calendar(session('Ann', 'Ben')) ->> 'success' as success,
       (get_session_calendar(session('Ann', 'Ben')) ->> 'session_id')::uuid = session('Ann', 'Ben') as is_hers;
select pg_temp.read(get_session_calendar(session('Ann', 'Ben')) ->> 'calendar');
call signs_in('Ben');
select pg_temp.event(get_session_calendar(session('Ann', 'Ben')) ->> 'calendar');
select reschedule_peer_booking(session('Ann', 'Ben'), monday(1), '11:30') -> 'success' as moved;
select pg_temp.event(get_session_calendar(session('Ann', 'Ben')) ->> 'calendar');
select refund('Ann', 'Ben') -> 'success' as cancelled;
select pg_temp.event(get_session_calendar(session('Ann', 'Ben')) ->> 'calendar');
-- A request is none yet, and one that nobody has answered in time is none any more.
call signs_in('Ann');
select ask('Ann', 'Ben', '15:00') -> 'success' as asked;
select pg_temp.event(get_session_calendar(session('Ann', 'Ben', '15:00')) ->> 'calendar');
call signs_in(null);
set local session_replication_role = replica;
update client_sessions set expires_at = now() - interval '1 minute' where id = session('Ann', 'Ben', '15:00');
set local session_replication_role = origin;
select pg_temp.event(peer_exchange.session_calendar(session('Ann', 'Ben', '15:00'), id('Ann')));
-- It is nobody else's.
call signs_in('Cyd');
select get_session_calendar(session('Ann', 'Ben', '15:00')), get_session_calendar(id('Nobody')), get_session_calendar(null);
select peer_exchange.session_calendar(session('Ann', 'Ben', '15:00'), id('Cyd')), peer_exchange.session_calendar(id('Nobody'), id('Ann')),
       peer_exchange.session_calendar(null, null);
rollback;
-- The service has none.
begin;
call story.starts();
select get_session_calendar(story.id('Nobody'));
rollback;
