-- now() stands still within a transaction, so the edge can be tried to the microsecond.
begin;
call story.starts();
call give('Ann', 1000);
select world() as before \gset
select plain(create_peer_booking(id('Ann'), id('Ben'), now()::date, now()::time, 60, 'massage')) as right_now;
select book('Ann', 'Ben', day => date '2000-01-01') ->> 'error_code' as long_ago;

set local peer_exchange.min_notice_minutes = 120;
with start as (select now() + interval '120 minutes' as at)
select plain(create_peer_booking(id('Ann'), id('Ben'), at::date, at::time, 60, 'massage')) as at_the_notice from start;
select world() = :'before' as nothing_was_written;

with start as (select now() + interval '120 minutes 1 microsecond' as at)
select plain(create_peer_booking(id('Ann'), id('Ben'), at::date, at::time, 60, 'massage')) -> 'success' as after_the_notice from start;
set local peer_exchange.min_notice_minutes = 0;
with start as (select now() + interval '1 microsecond' as at)
select plain(create_peer_booking(id('Ann'), id('Cyd'), at::date, at::time, 1, 'massage')) -> 'success' as after_now from start;
rollback;
