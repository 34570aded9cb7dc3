-- An application that knows no no_refund_hours: its part goes back until its own partial_refund_hours.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table cancellation_policies drop column if exists no_refund_hours;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup() where object like '%no_refund_hours';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
delete from cancellation_policies;
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, is_active)
values (id('Cyd'), 24, 6, 50, true);
select book('Ann', 'Cyd', '12:00') ->> 'success' as booked;
call begins_in('Ann', 'Cyd', interval '8 hours');
call signs_in('Ann');
select refund('Ann', 'Cyd') ->> 'refund_percent' as percent;
rollback;
\i regress/adopted/scratch_end.sql
