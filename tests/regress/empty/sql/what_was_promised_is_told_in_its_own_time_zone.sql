-- Ben is booked in London, moves to New York, and is booked there half an hour later on the clock: five hours apart.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
call inserts('Ann', 'Ben', '08:00', status => 'pending_approval');
update practitioner_availability set timezone = 'America/New_York';
select book('Cyd', 'Ben', '10:30') -> 'success' as booked;

create function story.listed(of_whom text) returns setof text
language plpgsql
as $$
begin
  call story.signs_in(of_whom);
  return query
    select format('%s %s in %s: %s', (listed ->> 'session_date')::date - story.monday(), listed ->> 'start_time', listed ->> 'timezone',
                  ((story.monday() + (listed ->> 'start_time')::time) at time zone (listed ->> 'timezone') = (listed ->> 'starts_at')::timestamptz
                   and (listed ->> 'ends_at')::timestamptz - (listed ->> 'starts_at')::timestamptz = interval '1 hour'))
      from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as listed;
end $$;
select story.listed('Ben');

-- Nobody writes it, not even the application.
update client_sessions set occupied_timezone = 'Asia/Tokyo', notes = 'Shoulder';
select array_agg(occupied_timezone order by start_time) as kept from client_sessions;

-- So do the statement, and whoever writes to them.
call signs_in('Ann');
select entry -> 'session' ->> 'start_time' as start_time, entry -> 'session' ->> 'timezone' as timezone,
       (entry -> 'session' ->> 'starts_at')::timestamptz = (monday() + time '10:00') at time zone 'Europe/London' as at_that_instant
  from json_array_elements(get_credit_statement() -> 'entries') as entry
 where entry ->> 'transaction_type' = 'session_payment';
select refund('Ann', 'Ben', '10:00') -> 'success' as refunded;
select distinct payload ->> 'start_time' as start_time, payload ->> 'timezone' as timezone, body like '% at 10:00 was cancelled%' as so_in_words,
       (payload ->> 'starts_at')::timestamptz = (monday() + time '10:00') at time zone 'Europe/London' as starts_at,
       (payload ->> 'ends_at')::timestamptz = (monday() + time '11:00') at time zone 'Europe/London' as ends_at
  from notifications
 where type = 'peer_booking_cancelled_refunded';
-- A session that takes no time any more, or has never taken any, is told as before.
select story.listed('Ann');
rollback;
