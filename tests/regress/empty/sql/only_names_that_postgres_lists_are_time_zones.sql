-- Of other texts Postgres makes zones, too: of JavaScript's offset in minutes one that is five days from UTC, and of what
-- looks east one that is west.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 3000);
select zone, peer_exchange.is_time_zone(zone) as is_one, peer_exchange.time_zone_or_default(zone) as counts_as
  from unnest(array['-120', '-48', '-60', 'XXX-100', 'UTC+2', '+02:00', '2', 'BST', 'europe/london', 'right/UTC', '<+02>-2', ':Europe/London', '', ' ',
                    'Europe/Londn', null, 'Europe/London', ' Europe/London ', 'Etc/GMT-2', 'EST5EDT', 'UTC']) as zone;

-- Whoever has published one of them is booked by the setting's zone, and never twice at once. The guard would refuse
-- it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, timezone) values (id('Ben'), '-120'), (id('Cyd'), 'UTC');
set local session_replication_role = origin;
select book('Ann', 'Ben', '12:00', day => monday() + 5) -> 'success' as booked;
select lower(occupied_during) = monday() + 5 + time '12:00' as by_the_setting, occupied_timezone from client_sessions;
select book('Ann', 'Cyd', '12:00', day => monday() + 5) ->> 'error_code' as at_the_same_time;
select book('Ann', 'Cyd', '12:00', day => monday()) -> 'success' as five_days_before;

-- The setting, and whoever asks for figures, can't name one.
set local peer_exchange.timezone = '-120';
set local peer_exchange.timezone = 'UTC+2';
select count(*) from peer_exchange.booking_figures(p_timezone => '-120');
select count(*) from peer_exchange.inactivity_figures(0, '+02:00');
rollback;
