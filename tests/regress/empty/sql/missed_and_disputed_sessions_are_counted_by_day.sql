-- A report on its day, by whoever did not come, and a dispute on its own.
begin;
call story.starts();
-- The clock can't be turned back, so sessions are written as they would stand there.
set local session_replication_role = replica;
create procedure story.misses(
  author text, reported timestamptz, disputed timestamptz default null, settled timestamptz default null,
  charge text default 'session_hold')
language plpgsql
as $$
declare
  session uuid;
begin
  insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking,
                               no_show_reported_at, no_show_reported_by, disputed_at, settled_at)
  values (id('Ann'), id('Ben'), '2020-03-01', '10:00', 60, case when disputed is null then 'no_show' else 'disputed' end, true,
          reported, case when author is not null then id(author) end, disputed, settled)
  returning id into session;
  insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id)
  values (id('Ann'), charge, 60, 60, 0, session);
end $$;

-- The practitioner says that the client did not come, and so does the application.
call story.misses('Ben', '2020-03-01 12:00+00', settled => '2020-03-01 12:00+00');
call story.misses(null,  '2020-03-01 13:00+00', settled => '2020-03-01 13:00+00', charge => 'session_payment');
-- The client says it of the practitioner: it stands, it waits, it is contradicted on another day, and decided or not.
call story.misses('Ann', '2020-03-02 12:00+00', settled => '2020-03-03 12:00+00', charge => 'session_payment');
call story.misses('Ann', '2020-03-02 12:00+00');
call story.misses('Ann', '2020-03-02 23:30+00', disputed => '2020-03-03 01:00+00');
call story.misses('Ann', '2020-03-02 23:30+00', disputed => '2020-03-03 02:00+00', settled => '2020-03-04 02:00+00');
-- Disputed by the application, without a report.
call story.misses(null, null, disputed => '2020-03-04 02:00+00');

select * from peer_exchange.no_show_figures('2020-02-29', '2020-03-05');

-- Who is deleted afterwards has said so all the same.
update client_sessions set client_id = null;
select sum(absent_clients) as absent_clients, sum(absent_practitioners) as absent_practitioners
  from peer_exchange.no_show_figures('2020-02-29', '2020-03-05');

-- The day is one in the zone asked for.
select day, absent_practitioners, disputes from peer_exchange.no_show_figures('2020-03-02', '2020-03-03', 'Pacific/Kiritimati');
select count(*) as days, sum(disputes) as disputes from peer_exchange.no_shows_by_day;
rollback;
