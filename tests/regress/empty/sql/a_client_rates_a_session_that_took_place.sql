-- Ann was treated by Ben. She says how it was, says otherwise, and says nothing once it is long ago.
begin;
call story.starts();
call give('Ann', 1000);
create function pg_temp.rate(stars integer, comment text default null, client text default 'Ann', practitioner text default 'Ben')
returns jsonb
language sql
as $$
  select plain(rate_peer_session(session(client, practitioner), stars, comment)) - '{rated_at,changeable_until}'::text[]
$$;
create function pg_temp.shown(person text) returns table (rating text, can_rate boolean)
language plpgsql
as $$
begin
  call signs_in(person);
  return query select concat_ws(' ', own -> 'rating' ->> 'stars', own -> 'rating' ->> 'comment'), (own ->> 'can_rate')::boolean
                 from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as own;
  call signs_in(null);
end $$;
select book('Ann', 'Ben') -> 'success' as booked;
-- Not before it has taken place.
call signs_in('Ann');
select pg_temp.rate(5);
call signs_in(null);
call begins_in('Ann', 'Ben', interval '-2 hours');
select * from pg_temp.shown('Ann');
call signs_in('Ben');
select complete('Ann', 'Ben') -> 'success' as completed;
call signs_in(null);
select * from pg_temp.shown('Ann');
select * from pg_temp.shown('Ben');

-- With one to five stars, and words or none.
call signs_in('Ann');
select pg_temp.rate(stars) -> 'error_code' as code, pg_temp.rate(stars) -> 'details' as details
  from unnest(array[null, -1, 0, 6, 65537, 2147483647]) as stars;
select rate_peer_session(null, 5) ->> 'error' as error;
savepoint wordy;
select pg_temp.rate(5, repeat('x', 10001));
rollback to wordy;
select pg_temp.rate(4, chr(10));
select pg_temp.rate(4) -> 'replayed' as replayed;
select pg_temp.rate(5, 'Émile''s knee 🙂 is "well"');
select pg_temp.rate(5, 'Émile''s knee 🙂 is "well"') -> 'replayed' as replayed;
select now() - (rated ->> 'rated_at')::timestamptz as ago, (rated ->> 'changeable_until')::timestamptz - now() as changeable
  from rate_peer_session(session('Ann', 'Ben'), 5, 'Émile''s knee 🙂 is "well"') as rated;
call signs_in(null);
select * from pg_temp.shown('Ann');
select * from pg_temp.shown('Ben');
call signs_in('Ann');
select get_peer_session(session('Ann', 'Ben')) -> 'session' -> 'rating' ->> 'comment' as comment;
call signs_in(null);

-- Ben is told once, with the first rating.
select who(recipient_id) as recipient, title, regexp_replace(body, ' on .* at ..:..', ' on … at …') as body,
       payload -> 'stars' as stars, payload -> 'comment' as comment, payload -> 'credits' as credits,
       payload -> 'balance_after' as balance_after, payload -> 'other_party_name' as other_party_name
  from notifications where type = 'peer_session_rated';

-- Nobody else rates it: it is none of Cyd's, and Ben gave it.
call signs_in('Cyd');
select pg_temp.rate(1);
call signs_in('Ben');
savepoint his_own;
select pg_temp.rate(5);
rollback to his_own;
call signs_in(null);

-- What others find of him.
select book('Cyd', 'Ben', '15:00') -> 'error_code' as refused;
call give('Cyd', 100);
select book('Cyd', 'Ben', '15:00') -> 'success' as booked;
call begins_in('Cyd', 'Ben', interval '-5 hours');
call signs_in('Ben');
select complete('Cyd', 'Ben') -> 'success' as completed;
call signs_in('Dee');
select found -> 'rating' as rating, found -> 'rating_count' as rating_count, found -> 'completed_sessions' as completed
  from json_array_elements(search_peer_practitioners('ben') -> 'practitioners') as found;
call signs_in('Cyd');
select pg_temp.rate(2, 'Cold hands', 'Cyd') -> 'stars' as stars;
call signs_in('Dee');
select found -> 'rating' as rating, found -> 'rating_count' as rating_count, found -> 'completed_sessions' as completed
  from json_array_elements(search_peer_practitioners('ben') -> 'practitioners') as found;
call signs_in('Ben');
select own -> 'rating' as rating, own -> 'rating_count' as rating_count from get_my_practice() as own;
call signs_in(null);
-- The application writes what it likes; what are no stars counts as none.
update client_sessions set rating = 900 where id = session('Cyd', 'Ben');
call signs_in('Ben');
select own -> 'rating' as rating, own -> 'rating_count' as rating_count from get_my_practice() as own;
call signs_in(null);
select * from pg_temp.shown('Cyd');
update client_sessions set rated_at = 'infinity', rating = 2 where id = session('Cyd', 'Ben');
call signs_in('Cyd');
select get_peer_session(session('Cyd', 'Ben')) -> 'session' -> 'rating' as rating;
call signs_in(null);

-- A month later it is said.
call begins_in('Ann', 'Ben', interval '-30 days -1 hour');
select * from pg_temp.shown('Ann');
call signs_in('Ann');
select pg_temp.rate(5, 'Émile''s knee 🙂 is "well"') -> 'replayed' as replayed;
select pg_temp.rate(1, 'It has come back') - 'details' as refused;
call signs_in(null);
select books_balance();

-- Whoever leaves takes nobody's rating along.
delete from users where id = id('Ann');
call signs_in('Dee');
select found -> 'rating' as rating, found -> 'rating_count' as rating_count
  from json_array_elements(search_peer_practitioners('ben') -> 'practitioners') as found;
call signs_in('Ben');
select own -> 'rating' ->> 'comment' as comment, own -> 'counterpart' as counterpart
  from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as own;
rollback;
