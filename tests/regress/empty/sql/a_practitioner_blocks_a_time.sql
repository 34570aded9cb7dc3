-- Sessions that lie in it stay and are named; nobody blocks another's time.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben', '10:00') ->> 'status' as within, book('Ann', 'Ben', '14:00') ->> 'status' as after;
call signs_in('Ben');
select block_time(monday() + time '09:00', monday() + time '12:00', '  Training ') as blocked \gset
select :'blocked'::jsonb ->> 'success' as success, :'blocked'::jsonb ->> 'title' as title,
       (:'blocked'::jsonb ->> 'starts_at')::timestamptz = monday() + time '09:00' as starts_then,
       jsonb_path_query_array(:'blocked', '$.sessions_within[*].start_time') as sessions_within,
       jsonb_path_query_first(:'blocked', '$.sessions_within[0].counterpart.name') as whose;
-- The same again is the same.
select block_time(monday() + time '09:00', monday() + time '12:00', 'Training') ->> 'event_id' = :'blocked'::jsonb ->> 'event_id' as is_the_same;
select block_time(monday() + 1 + time '09:00', monday() + 2 + time '09:00') ->> 'title' as without_a_title;
select event_type, status, title, count(*) from calendar_events group by 1, 2, 3 order by 3;
-- What is over can be written down as well.
select block_time(now() - interval '2 days', now() - interval '1 day') ->> 'success' as in_the_past,
       block_time('0001-01-01 00:00+00', '9999-12-31 00:00+00', 'For good') -> 'sessions_within' -> 0 ->> 'start_time' as the_first_to_come;
delete from calendar_events where start_time < now();
call signs_in('Ann');
select book('Ann', 'Ben', '11:00') ->> 'error_code' as blocked, book('Ann', 'Ben', '12:00') ->> 'status' as free;
select unblock_time((:'blocked'::jsonb ->> 'event_id')::uuid) as of_another;

call signs_in('Ben');
select jsonb_path_query_array(get_my_practice()::jsonb, '$.blocks[*].title') as blocks;
select unblock_time((:'blocked'::jsonb ->> 'event_id')::uuid) ->> 'success' as unblocked;
select unblock_time((:'blocked'::jsonb ->> 'event_id')::uuid) as twice;
-- Only what is a block.
insert into calendar_events (id, user_id, start_time, end_time, event_type)
values (id('Nemo'), id('Ben'), now(), now() + interval '1 hour', 'reminder');
select unblock_time(id('Nemo')) ->> 'error_code' as no_block;

select world() as before \gset
select block_time(null, now());
select block_time(now(), null);
select unblock_time(null);
\echo :LAST_ERROR_SQLSTATE
select block_time(now(), now());
select block_time('infinity', 'infinity');
select block_time('-infinity', now());
select block_time(now(), '20000-01-01');
select block_time(now(), now() + interval '1 hour', repeat('x', 1000000));
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
reset request.jwt.claims;
select block_time(now(), now() + interval '1 hour');
\echo :LAST_ERROR_SQLSTATE
rollback;
