-- Each thing happens at the last moment of 9 March, and at the first and last of 10 March, by the clocks of
-- the farthest zones east and west.
begin;
call story.starts();
create temporary table moment on commit drop as
select zone, number, edge at time zone zone as instant
  from unnest(array['Pacific/Kiritimati', 'Pacific/Pago_Pago']) as zone
 cross join unnest(array[timestamp '2020-03-09 23:59:59.999999', '2020-03-10 00:00', '2020-03-10 23:59:59.999999'])
            with ordinality as edges (edge, number);

insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
select id(entry.person), entry.type, 1, 5, 5 + entry.change, id('Nobody'), instant
  from moment
 cross join (values ('Ann', 'session_payment', -1), ('Ben', 'session_earning', 1), ('Ann', 'bonus', 1))
            as entry (person, type, change);
insert into peer_exchange.refusals (rpc, error_code, refused_at) select 'create_peer_booking', zone, instant from moment;
insert into notifications (recipient_id, type, created_at) select id('Ann'), 'peer_credits_earned', instant from moment;

-- Of the six, two lie on the tenth by either clock, and none of the other zone's does: they are 25 hours apart.
select zone,
       (select bookings from peer_exchange.booking_figures('2020-03-10', '2020-03-10', zone)) as bookings,
       (select sum(refusals) from peer_exchange.refusal_figures('2020-03-10', '2020-03-10', zone)) as refusals,
       (select string_agg(distinct error_code, ' ') = zone from peer_exchange.refusal_figures('2020-03-10', '2020-03-10', zone)) as of_this_zone,
       (select paid from peer_exchange.credit_figures('2020-03-10', '2020-03-10', zone)) as paid,
       (select granted from peer_exchange.credit_figures('2020-03-10', '2020-03-10', zone)) as granted,
       (select sum(earned) from peer_exchange.person_figures('2020-03-10', '2020-03-10', zone)) as earned,
       (select sum(notifications) from peer_exchange.notification_figures('2020-03-10', '2020-03-10', zone)) as told
  from unnest(array['Pacific/Kiritimati', 'Pacific/Pago_Pago']) as zone;

-- By London's clock three days are touched; whatever zone the session runs in.
set local timezone = 'Asia/Tokyo';
select day, bookings from peer_exchange.booking_figures('2020-03-09', '2020-03-11', 'Europe/London');
set local timezone = 'America/New_York';
select day, bookings from peer_exchange.booking_figures('2020-03-09', '2020-03-11', 'Europe/London');

-- Without a zone it is the setting's.
set local peer_exchange.timezone = 'Pacific/Kiritimati';
select day, bookings from peer_exchange.booking_figures('2020-03-09', '2020-03-11');

-- The days on which clocks change have 23 and 25 hours.
select extract(epoch from ends_at - starts_at) / 3600 as hours
  from (values (date '2027-03-28'), ('2027-10-31')) as changed (day),
       lateral peer_exchange.figure_period(day, day, 'Europe/London');
rollback;
