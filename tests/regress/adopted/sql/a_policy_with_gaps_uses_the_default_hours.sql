-- The application lets every column of a policy be NULL: then 24 hours for all and 12 hours for half.
begin;
call story.starts();
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, no_refund_hours)
values (id('Cyd'), null, null, null, null);
create function pg_temp.cancels(starts_in interval) returns jsonb
language plpgsql
as $$
declare
  start timestamp := (now() + starts_in) at time zone 'UTC';
  id    text;
begin
  call signs_in('Ann');
  id := create_peer_booking(story.id('Ann'), story.id('Cyd'), start::date, start::time, 30, 'massage') ->> 'session_id';
  return plain(process_peer_booking_refund(id::uuid));
end $$;
select starts_in, reply -> 'refunded_credits' as refunded
  from unnest(array[interval '24 hours', '24 hours -1 microsecond', '12 hours', '12 hours -1 microsecond']) as starts_in,
       pg_temp.cancels(starts_in) as reply;
-- Who says until when a part goes back, and no more, gives nothing back after that.
call give('Ann', 1000);
update cancellation_policies set full_refund_hours = 48, partial_refund_hours = 6, partial_refund_percent = 30;
select starts_in, reply -> 'refunded_credits' as refunded
  from unnest(array[interval '48 hours', '8 hours', '6 hours', '6 hours -1 microsecond']) as starts_in,
       pg_temp.cancels(starts_in) as reply;
-- NULL is not active.
update cancellation_policies set is_active = null;
select pg_temp.cancels('1 hour') -> 'refunded_credits' as refunded;
rollback;
