-- Called by a person, it is the application that writes: what guards ask is the effective role.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
create function accepts(client uuid) returns void language sql security definer as $$
  insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status)
  values (client, auth.uid(), 'Ann', story.monday(), '10:00', 60, true, 'confirmed') $$;
create function moves(at time) returns void language sql security definer as $$
  update client_sessions set start_time = at where is_peer_booking $$;
create function cancels(named uuid default null) returns void language sql security definer as $$
  update client_sessions set status = 'cancelled', cancelled_by = named where is_peer_booking and status <> 'cancelled' $$;
-- Cyd accepts for Ann.
call signs_in('Cyd');
set local role authenticated;
select accepts(id('Ann'));
reset role;
select * from sessions;
call signs_in('Ann');
select charge('Ann', 'Cyd') -> 'success' as charged;
-- Ben, no party, moves what was paid for.
call signs_in('Ben');
set local role authenticated;
select moves('12:00');
reset role;
select * from sessions;

-- On whose behalf it cancels, the claims say where they name a party; of Ann's own cancellation half would go back.
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours) values (id('Cyd'), 1000, 0, 0);
create procedure pg_temp.cancels_as(person text, named text default null)
language plpgsql
as $$
begin
  call signs_in(person);
  set local role authenticated;
  perform cancels(case when named is not null then id(named) end);
  reset role;
end $$;
savepoint paid;
call pg_temp.cancels_as('Ann');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
rollback to paid;
call pg_temp.cancels_as('Ann', named => 'Cyd');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
rollback to paid;
call pg_temp.cancels_as('Cyd');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
rollback to paid;
-- Else it is the application's, and all goes back, whomever it names: cancel_session() says for whom.
call pg_temp.cancels_as('Ben', named => 'Ann');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
rollback to paid;
call pg_temp.cancels_as('Ben', named => 'Ben');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
rollback to paid;
call pg_temp.cancels_as('Ben');
select payment_status, who(cancelled_by) as cancelled_by from client_sessions where is_peer_booking;
select books_balance();
rollback;
