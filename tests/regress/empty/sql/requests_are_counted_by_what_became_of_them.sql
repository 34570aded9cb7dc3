-- Each on the day on which it was made, with the time until its answer.
begin;
call story.starts();
-- The clock can't be turned back, so requests are written as they would stand there.
set local session_replication_role = replica;
create procedure story.asks(
  at timestamptz, status text, accepted timestamptz default null, released timestamptz default null, author text default null,
  expires timestamptz default '2020-04-01')
language plpgsql
as $$
declare
  session uuid;
begin
  insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking,
                               requested_at, accepted_at, expires_at, cancelled_by)
  values (id('Ann'), id('Ben'), '2020-04-10', '10:00', 60, status, true, at, accepted, expires, case when author is not null then id(author) end)
  returning id into session;
  insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after,
                                   session_id, created_at)
  select id('Ann'), type, 60, 60 - held, held, held, 60 - held, session, moment
    from (values ('session_hold', 0, at), ('session_hold_release', 60, released)) as entry (type, held, moment)
   where moment is not null;
end $$;

-- Answered after one, two and twelve hours, also where the booking came to nothing later.
call story.asks('2020-03-01 10:00+00', 'scheduled', accepted => '2020-03-01 11:00+00');
call story.asks('2020-03-01 10:00+00', 'declined', released => '2020-03-01 12:00+00');
call story.asks('2020-03-01 10:00+00', 'cancelled', accepted => '2020-03-01 22:00+00', released => '2020-03-02 10:00+00', author => 'Ann');
-- As an older client declines.
call story.asks('2020-03-02 10:00+00', 'cancelled', released => '2020-03-02 10:30+00', author => 'Ben');
-- What is withdrawn, cancelled by the application or not answered is no answer, however late its credits are free.
call story.asks('2020-03-03 10:00+00', 'cancelled', released => '2020-03-03 10:06+00', author => 'Ann');
call story.asks('2020-03-03 11:00+00', 'cancelled', released => '2020-03-03 11:06+00');
call story.asks('2020-03-03 12:00+00', 'expired', released => '2020-03-09 12:00+00');
-- No job has been by, and one waits still.
call story.asks('2020-03-03 13:00+00', 'pending_approval');
call story.asks('2020-03-03 14:00+00', 'pending_approval', expires => now() + interval '1 hour');
-- A booking is no request.
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, created_at)
values (id('Ann'), id('Ben'), '2020-03-10', '10:00', 60, 'scheduled', true, '2020-03-03');

select * from peer_exchange.request_figures('2020-02-29', '2020-03-04');

-- Who is deleted afterwards has withdrawn all the same.
update client_sessions set client_id = null;
select sum(requests) as requests, sum(withdrawn) as withdrawn, sum(declined) as declined
  from peer_exchange.request_figures('2020-02-29', '2020-03-04');

-- The day is one in the zone asked for.
select day, requests from peer_exchange.request_figures('2020-03-02', '2020-03-02', 'Pacific/Kiritimati');
select count(*) as days, sum(requests) as requests from peer_exchange.requests_by_day;
rollback;
