-- How a session was asked for, reported and settled the library alone says, whatever its client sends along.
begin;
call story.starts();
call signs_in('Ann');
create role authenticated;
grant usage on schema peer_exchange, story to authenticated;
grant select, insert on client_sessions to authenticated;
grant select on all tables in schema public to authenticated;
grant execute on all functions in schema public, peer_exchange, story to authenticated;
set local role authenticated;
insert into client_sessions
       (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, held_credits,
        requested_at, accepted_at, no_show_reported_by, no_show_reported_at, no_show_reason, disputed_at, dispute_reason,
        settled_at)
values (id('Ann'), id('Ben'), monday(), '10:00', 60, 'scheduled', true, 60, now(), now(), id('Ben'), now(), 'Nobody came', now(),
        'Not true', now());
reset role;
select num_nonnulls(held_credits, requested_at, accepted_at, no_show_reported_by, no_show_reported_at, no_show_reason,
                    disputed_at, dispute_reason, settled_at) as said
  from client_sessions;
rollback;
