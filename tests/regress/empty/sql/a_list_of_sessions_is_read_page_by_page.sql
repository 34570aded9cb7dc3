-- Whatever the size of the pages, together they are the whole, in order, each session once: over several time
-- zones, and with several that begin at one moment.
begin;
call story.starts();
insert into practitioner_availability (user_id, timezone)
values (id('Ben'), 'Pacific/Kiritimati'), (id('Cyd'), 'Pacific/Pago_Pago'), (id('Ann'), 'Europe/London');
set local session_replication_role = replica;
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select id(client), id(practitioner), client, date '2020-03-01' + number / 4, time '00:00' + number % 7 * interval '3 hours 20 minutes', 30,
       (array['cancelled', 'completed', 'no_show'])[number % 3 + 1], true
  from generate_series(1, 30) as number,
       (values ('Ann', 'Ben'), ('Ann', 'Cyd'), ('Ben', 'Ann')) as pair (client, practitioner);
-- Dates beyond the calendar and zones that nobody knows are somebody's doing, too.
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select id('Ann'), id(practitioner), 'Ann', session_date::date, start_time::time, 2147483647, 'cancelled', true
  from unnest(array['Ben', 'Eli', 'Dee']) as practitioner,
       unnest(array['5874897-12-31', '5874896-01-01', '10000-01-01', '9999-12-31', 'infinity', '-infinity', '4713-01-02 BC', '0044-03-15 BC', '0001-01-01'])
         as session_date,
       unnest(array['00:00', '23:00', '24:00']) as start_time;
insert into practitioner_availability (user_id, timezone) values (id('Dee'), 'Mars/Olympus'), (id('Eli'), 'bst');
-- And some that are still to come.
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select id(client), id(practitioner), client, monday() + number / 4, time '00:00' + number % 7 * interval '3 hours 20 minutes', 30, 'pending_approval', true
  from generate_series(1, 30) as number,
       (values ('Ann', 'Ben'), ('Ann', 'Cyd'), ('Ben', 'Ann')) as pair (client, practitioner);
set local session_replication_role = origin;

create function pg_temp.pages(scope text, size integer) returns table (pages integer, ids uuid[], starts timestamptz[])
language plpgsql as $$
declare
  cursor text;
  reply  json;
begin
  pages := 0;
  loop
    reply  := get_my_peer_sessions(scope, size, cursor);
    pages  := pages + 1;
    ids    := ids || array(select (session ->> 'session_id')::uuid from json_array_elements(reply -> 'sessions') as session);
    starts := starts || array(select (session ->> 'starts_at')::timestamptz from json_array_elements(reply -> 'sessions') as session);
    cursor := reply ->> 'next_before';
    exit when cursor is null;
  end loop;
  return next;
end $$;

call signs_in('Ann');
select scope, size, pages, cardinality(ids) as sessions,
       cardinality(ids) = (select count(distinct id) from unnest(ids) as id) as each_once,
       starts = array(select start from unnest(starts) as start order by case scope when 'upcoming' then start end, start desc) as in_order
  from unnest(array['upcoming', 'past', 'all']) as scope, unnest(array[1, 4, 7, 50, 100]) as size, pg_temp.pages(scope, size);
-- A practitioner's zone that nobody knows, or that is but an abbreviation, is none: the setting takes its place.
select distinct session ->> 'timezone' as timezone, who((session -> 'counterpart' ->> 'user_id')::uuid) as practitioner
  from json_array_elements(get_my_peer_sessions('all', 100) -> 'sessions') as session where session ->> 'as' = 'client' order by 2, 1;
rollback;

-- However long the past, no more is read than what may stand on the page.
begin;
call story.starts();
set local session_replication_role = replica;
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select id(case number % 2 when 0 then 'Ann' else 'Ben' end), id(case number % 2 when 0 then 'Ben' else 'Ann' end), 'Somebody',
       current_date - number, '10:00', 30, 'completed', true
  from generate_series(-100, 20000) as number;
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select gen_random_uuid(), gen_random_uuid(), 'Somebody', current_date - number, '10:00', 30, 'completed', true from generate_series(1, 20000) as number;
set local session_replication_role = origin;
analyze client_sessions;
create function pg_temp.rows_read() returns bigint language sql as $$
  select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.client_sessions'::regclass
$$;
create function pg_temp.read_for(scope text, cursor text) returns bigint
language plpgsql as $$
declare
  former bigint := pg_temp.rows_read();
begin
  perform get_my_peer_sessions(scope, 20, cursor);
  return pg_temp.rows_read() - former;
end $$;
call signs_in('Ann');
select get_my_peer_sessions('past', 100) ->> 'next_before' as past, get_my_peer_sessions('all', 100) ->> 'next_before' as whole \gset
select scope, max(pg_temp.read_for(scope, case when number % 2 = 0 then cursor end)) <= most as reads_little
  from (values ('past', :'past', 200), ('all', :'whole', 200), ('upcoming', null, 300)) as scope (scope, cursor, most),
       generate_series(1, 20) as number
 group by scope, most order by scope;
rollback;
