-- Instants in columns that say no time zone are written as the owner's own statements would write them, and a person's
-- statement tells the same whoever reads it.
begin;
call story.starts();
call lives_in('Asia/Kolkata');
drop view story.outbox;
alter table client_sessions alter created_at type timestamp, alter cancelled_at type timestamp;
alter table credit_transactions alter created_at type timestamp;
alter table credits alter updated_at type timestamp;
alter table notifications alter created_at type timestamp, alter delivery_due_at type timestamp, alter read_at type timestamp;
set local peer_exchange.delivery = 'queue';
set local timezone = 'Pacific/Kiritimati';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call signs_in('Ann');
select mark_notifications_read(array(select id from notifications)) > 0 as some_are_marked;
call signs_in(null);
select refund('Ann', 'Ben') -> 'success' as cancelled;

create function pg_temp.is_now(instant timestamp) returns boolean language sql as $$
  select instant at time zone 'Asia/Kolkata' between now() and clock_timestamp()
$$;
select bool_and(pg_temp.is_now(created_at)) as created, bool_and(pg_temp.is_now(cancelled_at)) as cancelled from client_sessions;
select bool_and(pg_temp.is_now(created_at)) as entered from credit_transactions;
select bool_and(pg_temp.is_now(updated_at)) as moved from credits;
select bool_and(pg_temp.is_now(created_at)) as told, bool_and(pg_temp.is_now(delivery_due_at)) as due,
       bool_and(pg_temp.is_now(read_at)) as read, count(read_at) > 0 as some_are_read
  from notifications;
select count(*) > 0 as some_are_due from peer_exchange.claim_notifications(50);

call signs_in('Ann');
create function pg_temp.told(zone text) returns text language sql as $$
  select set_config('timezone', zone, true);
  select get_credit_statement(today, today)::text from (select (now() at time zone 'UTC')::date) as utc (today);
$$;
select pg_temp.told('UTC') = pg_temp.told('Pacific/Kiritimati') as is_the_same;
select json_array_length(pg_temp.told('UTC')::json -> 'entries') as entries;
rollback;
