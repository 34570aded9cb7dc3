-- This one has users.average_rating: no columns are put beside it, and nobody rates here.
begin;
call story.starts();
select peer_exchange.has_ratings_of_its_own() as has_its_own, peer_exchange.has_rating_columns() as has_ours;
select pg_get_indexdef('client_sessions_completed_idx'::regclass) like '%(therapist_id)%' as is_index_without_ratings;
call signs_in('Ann');
select plain(rate_peer_session(id('Nemo'), 5));
call signs_in(null);

-- It gives that up, and setup() adds ours.
alter table users drop column average_rating;
select object, action from peer_exchange.setup()
 where object like '%rat%' or object like '%completed%' order by object;
select count(*) from peer_exchange.setup() where action <> 'unchanged' and (object like '%rating%' or object like '%completed%');
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-2 hours');
select complete('Ann', 'Ben') -> 'success' as completed;
call signs_in('Ann');
select rate_peer_session(session('Ann', 'Ben'), 4) -> 'stars' as stars;
select found -> 'rating' as rating, found -> 'rating_count' as rating_count
  from json_array_elements(search_peer_practitioners('ben') -> 'practitioners') as found;
call signs_in(null);

-- Columns that have the names and not the types are the application's own: they are read, written and guarded by nobody here.
alter table client_sessions alter column rating type text using rating || ' of 5';
select peer_exchange.has_rating_columns() as has_ours, peer_exchange.keeps_ratings() as keeps;
select found -> 'rating' as rating, found -> 'rating_count' as rating_count, found -> 'completed_sessions' as completed
  from json_array_elements(search_peer_practitioners('ben') -> 'practitioners') as found;
call signs_in('Ann');
select plain(rate_peer_session(session('Ann', 'Ben'), 5)) ->> 'error_code' as code;
select get_peer_session(session('Ann', 'Ben')) -> 'session' -> 'rating' as rating;
set local role authenticated;
update client_sessions set rating = 'splendid' where id = session('Ann', 'Ben') returning rating;
reset role;
call signs_in(null);
select count(*) from peer_exchange.setup() where action = 'conflict' and object like '%rat%';

-- A table of reviews is one, too.
alter table client_sessions drop column rating, drop column rating_comment, drop column rated_at;
select peer_exchange.keeps_ratings() as keeps;
create table public.reviews (id uuid);
select peer_exchange.keeps_ratings() as keeps;
rollback;
