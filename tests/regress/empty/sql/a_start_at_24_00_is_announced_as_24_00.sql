-- Nobody can book it by the RPC, but a client may insert it: it begins when the day is over, and
-- nobody is told that it begins when the day begins.
begin;
call story.starts();
call give('Ann', 100);
call inserts('Ann', 'Ben', '24:00');
select charge('Ann', 'Ben') -> 'success' as charged;
select lower(occupied_during) = monday() + 1 as begins_next_day from client_sessions;
select distinct (payload ->> 'session_date')::date + (payload ->> 'start_time')::time = monday() + 1 as told_so from notifications;
rollback;
