-- As data, for messages in any language.
begin;
call story.starts();
call give('Ann', 200);
create view pg_temp.told as
select who(recipient_id) as person, payload ->> 'recipient_role' as role, payload ->> 'cancelled_by' as cancelled_by,
       payload ->> 'credits' as returned, payload ->> 'kept_credits' as kept, payload ->> 'balance_after' as balance
  from notifications
 where type = 'peer_booking_cancelled_refunded'
 order by 1;
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent)
values (id('Ben'), 8784, 1, 25);
select book('Ann', 'Ben') -> 'success' as booked;

savepoint booked;
call signs_in('Ann');
select refund('Ann', 'Ben') -> 'success' as cancelled;
call signs_in(null);
select * from pg_temp.told;
rollback to booked;

call signs_in('Ben');
select refund('Ann', 'Ben') -> 'success' as cancelled;
call signs_in(null);
select * from pg_temp.told;
rollback to booked;

update users set is_active = false where id = id('Ben');
select * from pg_temp.told;
rollback;

-- Of a session that has had its time: what has happened, and what goes back.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
create view pg_temp.settled as
select type, who(recipient_id) as person, payload ->> 'recipient_role' as role, payload ->> 'event' as event,
       payload ->> 'credits' as paid, payload ->> 'returned_credits' as returned
  from notifications
 where type like 'peer\_session%'
 order by id;
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', '-30 minutes');
call signs_in('Ann');
select report('Ann', 'Ben') -> 'success' as reported;
call signs_in('Ben');
select complete('Ann', 'Ben') -> 'success' as contradicted;
call signs_in(null);
select resolve('Ann', 'Ben', 25) -> 'success' as resolved;
select * from pg_temp.settled;
rollback;
