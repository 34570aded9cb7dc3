-- Sessions that have ended since, and all to come, whatever has become of them; ordinary ones are not among them.
begin;
call story.starts();
call signs_in('Ann');
select create_calendar_feed() ->> 'secret' as secret \gset
call signs_in(null);
set local session_replication_role = replica;
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, notes)
select id('Ann'), id('Ben'), starts_at::date, starts_at::time, 60, status, is_peer_booking, notes
  from (values (now() at time zone 'UTC' - interval '90 days 1 hour 1 minute', 'completed', true, 'too long ago'),
               (now() at time zone 'UTC' - interval '89 days 23 hours', 'completed', true, 'recent'),
               (now() at time zone 'UTC' - interval '30 days', 'no_show', true, 'missed'),
               (now() at time zone 'UTC' + interval '30 days', 'cancelled', true, 'cancelled'),
               (now() at time zone 'UTC' + interval '40 days', 'scheduled', false, 'ordinary'),
               (now() at time zone 'UTC' + interval '50 days', 'pending_approval', true, 'asked'),
               (now() at time zone 'UTC' + interval '3000 days', 'scheduled', true, 'far away'),
               (timestamp '290000-01-01 10:00', 'scheduled', true, 'beyond')) as session (starts_at, status, is_peer_booking, notes);
set local session_replication_role = origin;
select substring(event from E'STATUS:([^\r]*)') as status, substring(event from E'DESCRIPTION:[^\r]*\\\\n([^\r]*)') as notes
  from regexp_split_to_table(replace(get_calendar_feed(:'secret'), E'\r\n ', ''), 'BEGIN:VEVENT') with ordinality as split (event, place)
 where place > 1
 order by place;
rollback;
