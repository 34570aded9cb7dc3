-- Notice is told from instants: Ben's clock is fourteen hours ahead, Cyd's eleven behind, Dee's is none.
begin;
call story.starts();
-- The clock can't be turned back, so sessions are written as they would stand there.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, timezone)
values (id('Ben'), 'Pacific/Kiritimati'), (id('Cyd'), 'Pacific/Pago_Pago'), (id('Dee'), 'Mars/Olympus');
create procedure story.cancels(
  practitioner text, author text, notice interval, back integer default 60, start timestamp default '2020-03-10 00:30')
language plpgsql
as $$
declare
  zone    text := case practitioner when 'Ben' then 'Pacific/Kiritimati' when 'Cyd' then 'Pacific/Pago_Pago' else 'UTC' end;
  session uuid;
begin
  insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking,
                               cancelled_at, cancelled_by)
  values (id('Ann'), id(practitioner), start::date, start::time, 60, 'cancelled', true,
          coalesce(start at time zone zone - notice, '2020-03-09'), case when author is not null then id(author) end)
  returning id into session;
  insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id)
  select id(person), type, credits, 0, 0, session
    from (values ('Ann', 'session_payment', 60), (practitioner, 'session_earning', 60),
                 ('Ann', 'refund', back), (practitioner, 'session_earning_reversal', back)) as entry (person, type, credits)
   where credits > 0;
end $$;

-- On both sides of each edge.
call story.cancels('Ben', 'Ann', '168 hours');
call story.cancels('Ben', 'Ann', '167:59:59.999999');
call story.cancels('Cyd', 'Ann', '48 hours');
call story.cancels('Cyd', 'Ann', '47:59:59.999999', 30);
call story.cancels('Ben', 'Ann', '24 hours', 30);
call story.cancels('Ben', 'Ann', '23:59:59.999999', 30);
call story.cancels('Dee', 'Ann', '12 hours', 30);
call story.cancels('Dee', 'Ann', '11:59:59.999999', 0);
call story.cancels('Ben', 'Ann', '2 hours', 0);
call story.cancels('Ben', 'Ann', '1:59:59.999999', 0);
call story.cancels('Cyd', 'Cyd', '0 hours');
call story.cancels('Cyd', 'Cyd', '-0.000001 seconds');
call story.cancels('Ben', null, '30 hours');
call story.cancels('Ben', 'Eli', '30 hours');
-- Whose time nobody can tell.
call story.cancels('Ben', 'Ben', null, 60, '20000-01-01 00:30');
-- What was never charged, is not cancelled, or was no peer booking.
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, cancelled_at)
values (id('Ann'), id('Ben'), '2020-03-10', '10:00', 60, 'cancelled', true, '2020-03-09'),
       (id('Ann'), id('Ben'), '2020-03-10', '11:00', 60, 'scheduled', true, null),
       (id('Ann'), id('Ben'), '2020-03-10', '12:00', 60, 'cancelled', false, '2020-03-09');

select * from peer_exchange.cancellation_figures('2020-03-01', '2020-03-31');

-- Who is deleted afterwards has cancelled all the same.
update client_sessions set client_id = null;
select cancelled_by, sum(cancellations) as cancellations
  from peer_exchange.cancellation_figures('2020-03-01', '2020-03-31') group by 1 order by 1;

-- The day is that of the cancellation, in the zone asked for: Ben's half past midnight less thirty hours.
select sum(cancellations) as cancellations from peer_exchange.cancellation_figures('2020-03-08', '2020-03-08', 'Pacific/Kiritimati')
 where cancelled_by = 'service';
select count(*) as none from peer_exchange.cancellation_figures('2020-03-09', '2020-03-09', 'Pacific/Kiritimati')
 where cancelled_by = 'service';
rollback;
