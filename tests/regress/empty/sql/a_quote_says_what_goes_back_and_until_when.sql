-- A policy as instants, before anybody pays.
begin;
call story.starts();
call give('Ann', 200);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'America/New_York');
call signs_in('Ann');
create function pg_temp.told(terms json) returns table (percent text, credits text, hours_before_start integer)
language sql as $$
  select term ->> 'percent', term ->> 'credits',
         (extract(epoch from (monday() + time '10:00') at time zone 'America/New_York' - (term ->> 'until')::timestamptz) / 3600)::integer
    from json_array_elements(terms) as term
$$;
create function pg_temp.quoted() returns json
language sql as $$
  select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 45, 'massage') -> 'refund_terms'
$$;
-- As delivered, all goes back until it begins.
select * from pg_temp.told(pg_temp.quoted());
-- By the settings of whoever has set nothing, and by her own.
set local peer_exchange.default_full_refund_hours = 48;
set local peer_exchange.default_partial_refund_hours = 6;
set local peer_exchange.default_partial_refund_percent = 12.5;
select * from pg_temp.told(pg_temp.quoted());
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent)
values (id('Ben'), 24, 12, 33.33);
select * from pg_temp.told(pg_temp.quoted());
select string_agg(key, ', ') as keys
  from json_object_keys(quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 45, 'massage')) as key;
-- What is past is not told: it is longer until the start than this.
update cancellation_policies set full_refund_hours = 8784;
select * from pg_temp.told(pg_temp.quoted());
update cancellation_policies set full_refund_hours = 24;

-- The search and the slots say the same as hours.
select search_peer_practitioners('ben') -> 'practitioners' -> 0 -> 'cancellation_policy' as found,
       get_available_slots(id('Ben'), monday(), monday()) -> 'cancellation_policy' as with_slots,
       search_peer_practitioners('cyd') -> 'practitioners' -> 0 -> 'cancellation_policy' as of_settings;

-- Her list says what the quote said, and her practitioner's says nothing of it.
create temporary table quoted as select pg_temp.quoted()::jsonb as terms;
select book('Ann', 'Ben', '10:00', 45) -> 'success' as booked;
select get_my_peer_sessions()::jsonb -> 'sessions' -> 0 -> 'refund_terms' = terms as as_quoted from quoted;
call signs_in('Ben');
select get_my_peer_sessions() -> 'sessions' -> 0 -> 'refund_terms' as of_practitioner;

-- A request goes back whole while it waits; a quote speaks of what it becomes.
call signs_in('Ann');
select ask('Ann', 'Ben', '12:00', 45) -> 'success' as asked;
select get_my_peer_sessions() -> 'sessions' -> 1 -> 'refund_terms' as of_request;
-- What was booked before is answered as then, without terms.
select create_peer_booking(id('Ann'), id('Cyd'), monday(), '10:00', 30, 'massage', null, null, 'key') -> 'success' as booked;
select quote_peer_booking(id('Ann'), id('Cyd'), monday(), '10:00', 30, 'massage', null, null, 'key')::jsonb ? 'refund_terms' as terms;

-- At the last moment of each tier and right after it, what was told is what happens.
call signs_in(null);
create function pg_temp.refunded(until_start interval) returns text
language plpgsql as $$
declare
  tier record;
begin
  update client_sessions
     set session_date = (now() + until_start)::date, start_time = (now() + until_start)::time
   where client_id = id('Ann') and therapist_id = id('Cyd');
  call signs_in('Ann');
  select term ->> 'percent' as percent, term ->> 'credits' as credits, (term ->> 'until')::timestamptz - now() as until
    into tier
    from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as session
   cross join json_array_elements(session -> 'refund_terms') as term
   where session -> 'counterpart' ->> 'user_id' = id('Cyd')::text
   limit 1;
  begin
    raise exception using message = refund('Ann', 'Cyd') ->> 'refunded_credits';
  exception when raise_exception then
    call signs_in(null);
    return format('told %s %% until %s: %s, got %s', tier.percent, tier.until, tier.credits, sqlerrm);
  end;
end $$;
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent)
values (id('Cyd'), 24, 12, 50);
select pg_temp.refunded(interval '24 hours') as at_full,
       pg_temp.refunded(interval '24 hours' - interval '1 microsecond') as after_full;
select pg_temp.refunded(interval '12 hours') as at_partial,
       pg_temp.refunded(interval '12 hours' - interval '1 microsecond') as after_partial;
rollback;
