-- An application's own session of thirty days, which Ann receives: to its end nothing else of hers overlaps it.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 500);
call give('Ben', 500);
call inserts('Ann', 'Cyd', '09:00', 30 * 1440, is_peer_booking => false);
select book('Ann', 'Ben', day => monday(2)) ->> 'error_code' as code;
select book('Ben', 'Ann', day => monday(4)) ->> 'error_code' as code;
select ask('Ann', 'Ben', day => monday(3)) ->> 'error_code' as code;
select quote_peer_booking(id('Ann'), id('Ben'), monday(4), '10:00', 60, 'massage')::jsonb -> 'error_code' as code;
call inserts('Ann', 'Ben', day => monday(2));
call inserts('Ben', 'Ann', day => monday(3));
call signs_in('Ann');
select count(*) filter (where slot ->> 'session_date' > monday()::text) as later_slots
  from jsonb_array_elements(get_available_slots(id('Ben'), monday(), monday(2), 60)::jsonb -> 'slots') as slot;
call signs_in(null);
-- When it has ended she is free.
select book('Ann', 'Ben', day => monday(5)) -> 'success' as booked;
select plain(reschedule_peer_booking(session('Ann', 'Ben'), monday(2), '11:00')) ->> 'error_code' as code;
call inserts('Ann', 'Ben', '15:00', day => monday(5), is_peer_booking => false);
-- One that takes no time is in nobody's way.
update client_sessions set status = 'cancelled' where not is_peer_booking and duration_minutes > 10080;
select book('Ann', 'Ben', day => monday(2)) -> 'success' as booked;
rollback;

-- It is found by an index that has nothing else in it.
begin;
call story.starts();
set local enable_seqscan = off;
set local enable_bitmapscan = off;
create function used(statement text) returns setof text
language plpgsql
as $$
declare
  line text;
begin
  for line in execute 'explain (costs off) ' || statement loop
    if line ~ 'Scan' then
      return next regexp_replace(line, '^[ >-]*', '');
    end if;
  end loop;
end $$;
select used(format($$select * from peer_exchange.engagements_of(%L, tstzrange(now(), now() + interval '1 hour'), true, null)$$, id('Ann')));
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking)
select id('Ann'), id('Cyd'), current_date - day, '10:00', 60, 'completed', false from generate_series(1, 500) as day;
analyze client_sessions;
select used(format($$select * from peer_exchange.engagements_of(%L, tstzrange(now(), now() + interval '1 hour'), true, null)$$, id('Ann')));
rollback;
