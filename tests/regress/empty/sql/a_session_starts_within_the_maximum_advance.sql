begin;
call story.starts();
call give('Ann', 1000);
select world() as before \gset
with start as (select now() + interval '365 days 1 microsecond' as at)
select plain(create_peer_booking(id('Ann'), id('Ben'), at::date, at::time, 60, 'massage')) as beyond from start;
select world() = :'before' as nothing_was_written;
with start as (select now() + interval '365 days' as at)
select plain(create_peer_booking(id('Ann'), id('Ben'), at::date, at::time, 60, 'massage')) -> 'success' as at_the_edge from start;

set local peer_exchange.max_advance_days = 1;
with start as (select now() + interval '25 hours' as at)
select plain(create_peer_booking(id('Ann'), id('Cyd'), at::date, at::time, 60, 'massage')) -> 'details' as beyond from start;
with start as (select now() + interval '23 hours' as at)
select plain(create_peer_booking(id('Ann'), id('Cyd'), at::date, at::time, 60, 'massage')) -> 'success' as within from start;
rollback;
