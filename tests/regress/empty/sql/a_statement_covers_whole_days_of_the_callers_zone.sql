-- From the first moment of the first day to the last of the last one, by the caller's own clock.
begin;
call story.starts();
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, timezone) values (id('Ann'), 'America/New_York'), (id('Ben'), ' '), (id('Cyd'), 'Mars/Olympus');
set local session_replication_role = origin;
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, description, created_at)
select id(person), 'bonus', 1, 0, 1, description, made_at::timestamptz
  from unnest(array['Ann', 'Ben', 'Cyd']) as person,
       (values ('7 March, 23:59:59.999999 in New York', '2027-03-08 04:59:59.999999+00'),
               ('8 March, 00:00 in New York',           '2027-03-08 05:00+00'),
               ('13 March, 23:59:59.999999 in New York', '2027-03-14 04:59:59.999999+00'),
               -- a day of 23 hours there
               ('14 March, 00:00 in New York',          '2027-03-14 05:00+00'),
               ('14 March, 23:59:59.999999 in New York', '2027-03-15 03:59:59.999999+00'),
               ('15 March, 00:00 in New York',          '2027-03-15 04:00+00'),
               ('the last moment of 15 March, UTC',     '2027-03-15 23:59:59.999999+00'),
               ('16 March, 00:00 UTC',                  '2027-03-16 00:00+00')) as entry (description, made_at);
set local session_replication_role = origin;
create function pg_temp.told(first date, last date) returns setof text language sql as $$
  select entry ->> 'description' from json_array_elements(get_credit_statement(first, last) -> 'entries') as entry
$$;

call signs_in('Ann');
select * from pg_temp.told('2027-03-08', '2027-03-13');
select * from pg_temp.told('2027-03-14', '2027-03-14');
select * from pg_temp.told('2027-03-15', null);
select * from pg_temp.told(null, '2027-03-07');
select * from pg_temp.told('2027-03-16', '2027-03-16');
select count(*) from pg_temp.told('-infinity', 'infinity');
select count(*) from pg_temp.told('0001-01-01', '9999-12-31');
-- A blank zone is none, nor is one that nobody knows; the setting stands in.
call signs_in('Ben');
select * from pg_temp.told('2027-03-15', '2027-03-15');
call signs_in('Cyd');
select * from pg_temp.told('2027-03-15', '2027-03-15');
set local peer_exchange.timezone = 'Pacific/Kiritimati';
select * from pg_temp.told('2027-03-16', '2027-03-16');

-- Pages keep within the days.
call signs_in('Ann');
with first as (select get_credit_statement('2027-03-08', '2027-03-14', 3) as statement),
     second as (select get_credit_statement('2027-03-08', '2027-03-14', 3, statement ->> 'next_before') as statement from first)
select json_array_length(first.statement -> 'entries') as first, json_array_length(second.statement -> 'entries') as second,
       second.statement ->> 'next_before' is null as is_last
  from first, second;
rollback;
