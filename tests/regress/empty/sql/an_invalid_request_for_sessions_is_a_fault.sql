\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
call signs_in('Ann');
select get_my_peer_sessions(p_limit => 1) ->> 'next_before' as cursor \gset
-- scopes
select json_array_length(get_my_peer_sessions(null) -> 'sessions') as sessions;
select get_my_peer_sessions('');
select get_my_peer_sessions('Upcoming');
select get_my_peer_sessions(repeat('x', 1000000));
-- a page of one session to a hundred
select get_my_peer_sessions(p_limit => 0);
select get_my_peer_sessions(p_limit => -1);
select get_my_peer_sessions(p_limit => 101);
select json_array_length(get_my_peer_sessions(p_limit => 100) -> 'sessions') as sessions;
select json_array_length(get_my_peer_sessions(p_limit => null) -> 'sessions') as sessions;
-- a cursor of another list, or none at all
select json_array_length(get_my_peer_sessions(p_before => :'cursor') -> 'sessions') as sessions;
select get_my_peer_sessions('past', 20, :'cursor');
select get_my_peer_sessions('all', 20, :'cursor');
select get_my_peer_sessions(p_before => 'x');
-- The service has no sessions of its own.
call signs_in(null);
select get_my_peer_sessions();
rollback;
