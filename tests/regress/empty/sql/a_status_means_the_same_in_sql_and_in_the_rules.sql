-- Sessions that nobody has paid for, one of every status; what the RPCs make of each is what the functions say that
-- SQL asks.
begin;
call story.starts();
call give('Ann', 1000);
create table pg_temp.known (status text, start_time time);
insert into known
select status, time '06:00' + number * interval '1 hour'
  from unnest(array['scheduled', 'confirmed', 'in_progress', 'pending_payment', 'pending_approval', 'completed', 'no_show',
                    'disputed', 'cancelled', 'declined', 'expired', 'rescheduled']) with ordinality as listed (status, number);
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select id('Ann'), id('Ben'), 'Ann', monday(), start_time, 60, status, true from known;

-- A session that is not movable is told its status; one that is, that nobody has paid for it.
select status
  from known
 where peer_exchange.is_planned_status(status)
       is distinct from (reschedule_peer_booking(session('Ann', 'Ben', start_time), monday(1), start_time)
                           -> 'details' ->> 'status' is not distinct from 'unpaid');

create function pg_temp.succeeds(rpc text, status text, start_time time) returns boolean
language plpgsql
as $$
declare
  reply jsonb;
begin
  -- Undone, so that each is asked of the session as it was.
  begin
    reply := case rpc when 'refund' then refund('Ann', 'Ben', start_time) else charge('Ann', 'Ben', start_time) end;
    raise exception using errcode = 'XUNDO';
  exception when sqlstate 'XUNDO' then
  end;
  return reply -> 'success' = 'true';
end $$;

select status from known
 where pg_temp.succeeds('refund', status, start_time)
       is distinct from (peer_exchange.is_planned_status(status) or peer_exchange.is_pending_status(status));
select status from known
 where pg_temp.succeeds('charge', status, start_time)
       is distinct from (peer_exchange.is_open_status(status) or status = 'completed');

-- And what each is said to be.
select status, peer_exchange.is_planned_status(status) as planned, peer_exchange.is_pending_status(status) as pending,
       peer_exchange.is_open_status(status) as open, peer_exchange.is_active_status(status, null) as active,
       peer_exchange.is_over_status(status) as over, peer_exchange.is_agreed_status(status) as agreed,
       peer_exchange.is_final_status(status) as final,
       session.occupied_during is not null as takes_time
  from known
  join client_sessions as session using (status, start_time)
 order by start_time;
rollback;
