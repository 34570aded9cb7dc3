-- Whoever knows the secret reads the feed, until it is made anew or revoked, or its person is gone.
begin;
call story.starts();
call give('Ann', 300);
create function pg_temp.events(secret text) returns setof text language sql as $$
  select substring(event from E'SUMMARY:([^\r]*)') || ', ' || substring(event from E'STATUS:([^\r]*)')
    from regexp_split_to_table(get_calendar_feed(secret), 'BEGIN:VEVENT') with ordinality as split (event, place)
   where place > 1
$$;
create function pg_temp.is_there(secret text) returns boolean language plpgsql as $$
begin
  return get_calendar_feed(secret) is not null;
exception when sqlstate 'PT404' then
  return false;
end $$;
select book('Ann', 'Ben', '10:00') -> 'success' as booked, book('Ann', 'Cyd', '12:00') -> 'success' as booked_too;
select refund('Ann', 'Cyd') -> 'success' as cancelled;
call signs_in('Ann');
select get_my_calendar_feed() ->> 'created_at' as created_at;
select create_calendar_feed() ->> 'secret' as first_secret \gset
select get_my_calendar_feed()::jsonb ? 'created_at' as is_known, get_my_calendar_feed() ->> 'created_at' is not null as is_there;
-- Nothing but its digest is kept.
select length(:'first_secret') as characters, count(*) filter (where feed::text like '%' || :'first_secret' || '%') as readable,
       count(*) filter (where feed.digest = sha256(:'first_secret')) as digests
  from peer_exchange.calendar_feeds as feed;
select pg_temp.events(:'first_secret');
-- Whoever reads it: Ben, nobody at all, the service.
call signs_in('Ben');
select pg_temp.is_there(:'first_secret');
set local request.jwt.claims = '{"role": "anon"}';
select pg_temp.is_there(:'first_secret');
call signs_in(null);
select pg_temp.is_there(:'first_secret');
-- Others than that don't.
select bool_or(pg_temp.is_there(secret)) as are_there
  from unnest(array[null, '', ' ', upper(:'first_secret'), :'first_secret' || '0', repeat('0', 64), repeat('x', 1000000), '\x00', 'é']) as secret;
savepoint before;
select get_calendar_feed('wrong');
rollback to savepoint before;
-- A new one takes the place of the former one; Ben's is his.
call signs_in('Ann');
select create_calendar_feed() ->> 'secret' as second_secret \gset
select pg_temp.is_there(:'first_secret') as first, pg_temp.is_there(:'second_secret') as second;
call signs_in('Ben');
select create_calendar_feed() ->> 'secret' as bens_secret \gset
select pg_temp.events(:'bens_secret');
-- Who is not active has none meanwhile, and makes none.
call signs_in(null);
update users set is_active = false where id = id('Ben');
select pg_temp.is_there(:'bens_secret') as while_inactive;
call signs_in('Ben');
savepoint before;
select create_calendar_feed();
rollback to savepoint before;
call signs_in(null);
update users set is_active = true where id = id('Ben');
select pg_temp.is_there(:'bens_secret') as while_active;
call signs_in('Nobody');
savepoint before;
select create_calendar_feed();
rollback to savepoint before;
select revoke_calendar_feed();
call signs_in('Ann');
select revoke_calendar_feed();
select revoke_calendar_feed();
select pg_temp.is_there(:'second_secret') as second, pg_temp.is_there(:'bens_secret') as bens;
-- Whoever is deleted leaves none behind.
call signs_in(null);
delete from users where id = id('Ben');
select count(*) as feeds from peer_exchange.calendar_feeds;
-- The service has none of its own.
savepoint before;
select create_calendar_feed();
rollback to savepoint before;
select revoke_calendar_feed();
rollback to savepoint before;
select get_my_calendar_feed();
rollback;
