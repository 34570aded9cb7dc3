begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben', key => '') -> 'replayed' as replayed;
select book('Ann', 'Ben', key => '   ', at => '12:00') -> 'replayed' as replayed;
select book('Ann', 'Ben', key => '', at => '14:00') -> 'replayed' as replayed;
select count(*) as sessions, count(idempotency_key) as keys from client_sessions;
rollback;
