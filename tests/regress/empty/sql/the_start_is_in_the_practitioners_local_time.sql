-- The wall clock that counts is the practitioner's, whatever the client's or the server's shows.
begin;
call story.starts();
call give('Ann', 1000);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Asia/Tokyo'), (id('Cyd'), ' ');
set local peer_exchange.timezone = 'Asia/Kolkata';
set local timezone = 'America/New_York';
select book('Ann', 'Ben', '10:00', day => monday()) -> 'success' as booked;
select book('Ann', 'Cyd', '10:00', day => monday() + 1) -> 'success' as booked;
set local timezone = 'UTC';
select who(therapist_id) as practitioner, to_char(lower(occupied_during), 'HH24:MI') as starts_in_utc
  from client_sessions order by session_date;

-- Two practitioners in two zones: the client's sessions overlap by instants, not by what clocks show.
insert into practitioner_availability (user_id, timezone) values (id('Ann'), 'UTC');
select book('Ann', 'Cyd', '06:00', day => monday()) ->> 'error_code' as same_instant;
select book('Ann', 'Cyd', '10:00', day => monday()) -> 'success' as same_wall_clock;
rollback;
