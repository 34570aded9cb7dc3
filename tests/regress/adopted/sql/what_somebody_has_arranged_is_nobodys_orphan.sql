-- Only what its client herself inserted waits to be charged, and only until somebody else has accepted it.
begin;
call story.starts();
create function arranges(at time) returns void language sql security definer set search_path = story, public as $$
  call inserts('Ann', 'Cyd', at, status => 'confirmed') $$;
create function accepts(at time) returns void language sql security definer as $$
  update client_sessions set status = 'confirmed' where is_peer_booking and start_time = at $$;
create policy "Everybody does everything" on client_sessions for all using (true) with check (true);
-- By a definer function of the application, by its service, by its owner.
call signs_in('Ann');
set local role authenticated;
select arranges('06:00');
reset role;
set local role service_role;
call inserts('Ann', 'Cyd', '07:00');
reset role;
call inserts('Ann', 'Cyd', '08:00');
-- By Ann; then Cyd confirms it, the application, nobody, or Ann herself; and one that she holds for her payment.
set local role authenticated;
call inserts('Ann', 'Cyd', '09:00');
call inserts('Ann', 'Cyd', '10:00');
call inserts('Ann', 'Cyd', '11:00');
call inserts('Ann', 'Cyd', '12:00');
call inserts('Ann', 'Cyd', '13:00', status => 'pending_payment');
update client_sessions set status = 'confirmed' where start_time = '12:00' and is_peer_booking;
select accepts('10:00');
reset role;
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'confirmed' where start_time = '09:00' and is_peer_booking;
reset role;
call signs_in(null);
update peer_exchange.awaited_charges set since = now() - interval '1 hour';
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select start_time, status from sessions;
select count(*) as told from messages;
rollback;
