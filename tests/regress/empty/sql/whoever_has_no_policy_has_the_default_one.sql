-- Everything goes back as delivered. Settings say otherwise for those who have set none, edges included.
begin;
call story.starts();
call give('Ann', 1000);
create function pg_temp.cancels(starts_in interval) returns jsonb
language plpgsql
as $$
declare
  start timestamp := (now() + starts_in) at time zone 'UTC';
  id    text;
begin
  call signs_in('Ann');
  id := create_peer_booking(story.id('Ann'), story.id('Ben'), start::date, start::time, 45, 'massage') ->> 'session_id';
  return plain(process_peer_booking_refund(id::uuid));
end $$;
create view pg_temp.refunds as
select starts_in, reply -> 'refunded_credits' as refunded, reply -> 'refund_percent' as percent
  from unnest(array[interval '24 hours', '24 hours -1 microsecond', '12 hours', '12 hours -1 microsecond', '1 minute']) as starts_in,
       pg_temp.cancels(starts_in) as reply;
select * from pg_temp.refunds;
set local peer_exchange.default_full_refund_hours = 24;
set local peer_exchange.default_partial_refund_hours = 12;
set local peer_exchange.default_partial_refund_percent = 50;
select * from pg_temp.refunds;
-- Without a second tier nothing goes back after the first.
set local peer_exchange.default_partial_refund_hours = 0;
set local peer_exchange.default_partial_refund_percent = 0;
select * from pg_temp.refunds;
-- One's own policy comes first, until it is switched off.
set local peer_exchange.default_full_refund_hours = 8784;
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 12, 12, 12, 0);
select * from pg_temp.refunds;
update cancellation_policies set is_active = false;
select * from pg_temp.refunds;
call signs_in(null);
select books_balance();
rollback;
