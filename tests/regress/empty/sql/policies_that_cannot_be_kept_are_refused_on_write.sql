-- On tables that setup() made, a cancellation policy says what can be kept.
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
insert into cancellation_policies (practitioner_id, full_refund_hours) values (id('Ben'), 8785);
insert into cancellation_policies (practitioner_id, partial_refund_hours) values (id('Ben'), -1);
insert into cancellation_policies (practitioner_id, partial_refund_percent) values (id('Ben'), 'NaN');
insert into cancellation_policies (practitioner_id, partial_refund_percent) values (id('Ben'), 'Infinity');
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 8784, 0, null, 100);
update cancellation_policies set no_refund_hours = 2147483647;
update cancellation_policies set no_refund_hours = 12, partial_refund_percent = 0;
select who(practitioner_id) as person, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent
  from cancellation_policies;
rollback;
