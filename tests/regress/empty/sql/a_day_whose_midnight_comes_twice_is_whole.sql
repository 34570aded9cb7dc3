-- Where clocks are set back at midnight, the hour between the two midnights belongs to the day that begins with the first;
-- where they are set forward, the day begins an hour later.
begin;
call story.starts();
select zone, day, peer_exchange.day_begins_at(day, zone) at time zone 'UTC' as begins_in_utc,
       peer_exchange.day_begins_at(day + 1, zone) - peer_exchange.day_begins_at(day, zone) as lasts
  from (values ('Atlantic/Azores', date '2027-10-31'), ('Atlantic/Azores', '2027-10-30'), ('Atlantic/Azores', '2027-03-28'),
               ('America/Havana', '2027-11-07'), ('America/Havana', '2027-11-06'), ('America/Havana', '2027-03-14'),
               ('Africa/Cairo', '2027-04-30'), ('Australia/Lord_Howe', '2027-04-04'), ('Europe/London', '2027-10-31'),
               ('Pacific/Apia', '2011-12-30'), ('UTC', '2027-10-31')) as days (zone, day);
select peer_exchange.day_begins_at('-infinity', 'UTC'), peer_exchange.day_begins_at(null, 'UTC');

-- A statement.
insert into practitioner_availability (user_id, timezone) values (id('Ann'), 'Atlantic/Azores'), (id('Ben'), 'America/Havana');
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, description, created_at)
values (id('Ann'), 'bonus', 1, 0, 1, 'the last moment of the 30th',  '2027-10-30 23:59:59+00'),
       (id('Ann'), 'bonus', 1, 1, 2, 'half past midnight',           '2027-10-31 00:30+00'),
       (id('Ann'), 'bonus', 1, 2, 3, 'half past midnight once more', '2027-10-31 01:30+00'),
       (id('Ben'), 'bonus', 1, 0, 1, 'half past midnight',           '2027-11-07 04:30+00'),
       (id('Ben'), 'bonus', 1, 1, 2, 'half past midnight once more', '2027-11-07 05:30+00');
set local session_replication_role = origin;
call signs_in('Ann');
select entry ->> 'description' as "on the 31st" from json_array_elements(get_credit_statement('2027-10-31', '2027-10-31') -> 'entries') as entry;
select entry ->> 'description' as "on the 30th" from json_array_elements(get_credit_statement('2027-10-30', '2027-10-30') -> 'entries') as entry;
call signs_in('Ben');
select entry ->> 'description' as "on the 7th" from json_array_elements(get_credit_statement('2027-11-07', '2027-11-07') -> 'entries') as entry;
-- A balance history.
select day ->> 'date' as day, day ->> 'other' as moved, day ->> 'balance' as balance
  from json_array_elements(get_balance_history('2027-11-06', '2027-11-08') -> 'days') as day;
call signs_in('Ann');
select day ->> 'date' as day, day ->> 'other' as moved, day ->> 'balance' as balance
  from json_array_elements(get_balance_history('2027-10-29', '2027-11-01') -> 'days') as day;
call signs_in(null);

-- Figures.
select day, granted from peer_exchange.credit_figures('2027-10-30', '2027-10-31', 'Atlantic/Azores');
rollback;
