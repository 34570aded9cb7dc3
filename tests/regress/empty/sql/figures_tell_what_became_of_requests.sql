-- A day's story, and what the figures make of it. Days are summed, so that midnight does not matter.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
-- Accepted, declined, withdrawn, ended by the application, expired, and waiting.
select ask('Ann', 'Ben', '10:00') ->> 'success' as asked;
select accept('Ann', 'Ben', '10:00') ->> 'success' as accepted;
select ask('Ann', 'Ben', '12:00') ->> 'success' as asked, ask('Cyd', 'Ben', '14:00') ->> 'success' as asked_too,
       ask('Cyd', 'Ben', '16:00') ->> 'success' as and_too;
call signs_in('Ben');
select refund('Ann', 'Ben', '12:00') ->> 'success' as declined;
call signs_in('Cyd');
select refund('Cyd', 'Ben', '14:00') ->> 'success' as withdrawn;
call signs_in(null);
select refund('Cyd', 'Ben', '16:00') ->> 'success' as ended;
select ask('Cyd', 'Ben', '18:00') ->> 'success' as asked;
call requests_run_out();
-- It has expired, though no job has run, and is held still.
select sum(expired) as expired, sum(waiting) as waiting from peer_exchange.requests_by_day;
select in_circulation, held from peer_exchange.credits_in_circulation;
select peer_exchange.expire_requests() as expired;
select in_circulation, held from peer_exchange.credits_in_circulation;
select ask('Cyd', 'Ann', '20:00', 45) ->> 'success' as asked;

select sum(requests) as requests, sum(accepted) as accepted, sum(declined) as declined, sum(withdrawn) as withdrawn,
       sum(expired) as expired, sum(cancelled) as cancelled, sum(waiting) as waiting,
       max(median_hours_to_answer) as median_hours
  from peer_exchange.requests_by_day;
-- The one that was accepted is a booking; the others are neither bookings nor cancellations.
select sum(bookings) as bookings, sum(credits) as credits from peer_exchange.bookings_by_day;
select count(*) as cancellations from peer_exchange.cancellations;
select max(held) as held, max(in_circulation) as in_circulation from peer_exchange.credits_by_day;
rollback;

-- Somebody did not come, and it is contradicted and decided.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
select book('Ann', 'Ben', '10:00') ->> 'success' as booked, book('Cyd', 'Ann', '12:00') ->> 'success' as booked_too;
call begins_in('Ann', 'Ben', interval '0');
call begins_in('Cyd', 'Ann', interval '-2 hours');
call signs_in('Ann');
select report('Ann', 'Ben') ->> 'status' as said_by_client;
call signs_in('Ben');
select report('Ann', 'Ben') ->> 'status' as contradicted;
call signs_in('Ann');
select report('Cyd', 'Ann') ->> 'status' as said_by_practitioner;
call signs_in(null);
create function story.missed() returns table (absent_clients numeric, absent_practitioners numeric, disputes numeric, open_disputes numeric)
language sql as $$
  select sum(absent_clients), sum(absent_practitioners), sum(disputes), sum(open_disputes) from peer_exchange.no_shows_by_day
$$;
select * from missed();
select resolve('Ann', 'Ben', 50) ->> 'status' as resolved;
select * from missed();
rollback;
