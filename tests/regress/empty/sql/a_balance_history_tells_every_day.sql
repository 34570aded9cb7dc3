-- What stood at the end of each day by the caller's own clock, and what the day moved: earned less taken back, spent less given
-- back, and the rest. Days on which nothing moved have what the day before had.
begin;
call story.starts();
insert into practitioner_availability (user_id, timezone) values (id('Ann'), 'America/New_York');
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, owed_before, owed_after, created_at)
values (id('Ann'), 'bonus',                    100,   0, 100,  0,  0,  0,  0, '2027-03-09 12:00+00'),
       -- the 10th there, the 11th in UTC
       (id('Ann'), 'session_payment',           60, 100,  40,  0,  0,  0,  0, '2027-03-11 04:59:59+00'),
       (id('Ann'), 'session_hold',              30,  40,  10,  0, 30,  0,  0, '2027-03-11 05:00+00'),
       (id('Ann'), 'refund',                    60,  10,  70, 30, 30,  0,  0, '2027-03-11 06:00+00'),
       -- a day of 23 hours: held credits are paid, earned ones are spent and taken back
       (id('Ann'), 'session_payment',           30,  70,  70, 30,  0,  0,  0, '2027-03-14 05:00+00'),
       (id('Ann'), 'session_earning',           25,  70,  95,  0,  0,  0,  0, '2027-03-14 12:00+00'),
       (id('Ann'), 'session_payment',           90,  95,   5,  0,  0,  0,  0, '2027-03-14 13:00+00'),
       (id('Ann'), 'session_earning_reversal',  25,   5,   0,  0,  0,  0, 20, '2027-03-15 03:59:59+00'),
       (id('Ann'), 'adjustment',                 8,   0,   0,  0,  0, 20, 12, '2027-03-15 04:00+00'),
       -- somebody else's
       (id('Ben'), 'bonus',                      7,   0,   7,  0,  0,  0,  0, '2027-03-11 12:00+00');
set local session_replication_role = origin;
create function pg_temp.days(history json)
returns table (date date, balance integer, held integer, owed integer, earned integer, spent integer, other integer)
language sql as $$
  select * from json_to_recordset(history -> 'days')
    as day (date date, balance integer, held integer, owed integer, earned integer, spent integer, other integer)
$$;

call signs_in('Ann');
select get_balance_history('2027-03-08', '2027-03-16')::jsonb - 'days' as period;
select * from pg_temp.days(get_balance_history('2027-03-08', '2027-03-16'));
-- What she has in all moves by what the day says.
select bool_and(worth - former = earned - spent + other) as days_explain_the_balance
  from (select day.*, balance + held - owed as worth, lag(balance + held - owed, 1, 0) over (order by date) as former
          from pg_temp.days(get_balance_history('2027-03-08', '2027-03-16')) as day) as day;
-- It is what the statement says of the last entry of a day.
select entry ->> 'balance_after' as balance, entry ->> 'held_after' as held, entry ->> 'owed_after' as owed
  from json_array_elements(get_credit_statement(p_to => '2027-03-11', p_limit => 1) -> 'entries') as entry;
select get_balance_history('2027-03-11', '2027-03-11') -> 'days' as day;
-- The keys, in their order.
select string_agg(key, ', ') as keys from json_object_keys(get_balance_history()) as key;
select string_agg(key, ', ') as keys from json_object_keys(get_balance_history() -> 'days' -> 0) as key;
-- The calendar has a first day.
select get_balance_history(null, '0001-01-02') ->> 'from' as first, get_balance_history(null, '4713-01-01 BC') -> 'days' as days;
-- Who has never had a credit had none on any day.
call signs_in('Eli');
select get_balance_history('2027-03-08', '2027-03-09');
rollback;

-- Without days the last ninety, today included; today is what she has, in a read-only transaction, too.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Ben', '12:00', 15) -> 'success' as booked;
call signs_in('Ann');
set transaction read only;
select json_array_length(history -> 'days') as days,
       history ->> 'to' = ((now() at time zone 'UTC')::date)::text as until_today,
       (history -> 'days' -> 88)::jsonb - 'date' as yesterday,
       (history -> 'days' -> 89)::jsonb - 'date' as today
  from get_balance_history() as history;
rollback;

-- However long the ledger, no more is read than the days asked for and the entry before them.
begin;
call story.starts();
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, created_at)
select id('Ann'), 'bonus', 1, number - 1, number, timestamptz '2026-03-01 12:00+00' + number * interval '1 hour'
  from generate_series(1, 20000) as number;
set local session_replication_role = origin;
analyze credit_transactions;
create function pg_temp.rows_read() returns bigint language sql as $$
  select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.credit_transactions'::regclass
$$;
create function pg_temp.read_for(first date, last date) returns bigint
language plpgsql as $$
declare
  former bigint := pg_temp.rows_read();
begin
  perform get_balance_history(first, last);
  return pg_temp.rows_read() - former;
end $$;
call signs_in('Ann');
-- Within each day its 24 entries, and the last one up to its end.
select bool_and(pg_temp.read_for('2027-01-01', '2027-01-10') between 240 and 270) as reads_the_days_alone
  from generate_series(1, 20) as call;
rollback;
