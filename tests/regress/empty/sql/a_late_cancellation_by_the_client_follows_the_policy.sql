-- Full refund from 48 hours before the start, three tenths from 24 hours, later nothing. The session
-- starts so many hours from now(), which stands still within a transaction.
begin;
call story.starts();
call give('Ann', 1000);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 48, 24, 24, 30);

create function pg_temp.cancels(person text, starts_in interval) returns jsonb
language plpgsql
as $$
declare
  start timestamp := (now() + starts_in) at time zone 'UTC';
  id    text;
begin
  call signs_in('Ann');
  id := create_peer_booking(story.id('Ann'), story.id('Ben'), start::date, start::time, 45, 'massage') ->> 'session_id';
  call signs_in(person);
  return plain(process_peer_booking_refund(id::uuid));
end $$;

select person, starts_in, reply -> 'refunded_credits' as refunded, reply -> 'refund_percent' as percent
  from (values ('Ann', interval '48 hours'),
               ('Ann', interval '48 hours -1 microsecond'),
               ('Ann', interval '24 hours'),
               ('Ann', interval '24 hours -1 microsecond'),
               ('Ann', interval '1 minute'),
               -- It is the practitioner who fails the client.
               ('Ben', interval '24 hours -1 microsecond'),
               ('Ben', interval '1 minute')) as cancellation (person, starts_in),
       pg_temp.cancels(person, starts_in) as reply;
call signs_in(null);
select payment_status, count(*) from client_sessions group by payment_status order by payment_status;
select * from balances;
select books_balance();

-- A policy that is switched off means nothing.
update cancellation_policies set is_active = false;
select pg_temp.cancels('Ann', interval '1 minute') -> 'refunded_credits' as refunded;
rollback;
