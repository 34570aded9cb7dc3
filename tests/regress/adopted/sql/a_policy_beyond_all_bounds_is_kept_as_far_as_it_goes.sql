-- Hours of a policy that no clock knows are never reached, or always; a percentage that is no number counts as none was set.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 1000);
alter table cancellation_policies
  alter full_refund_hours type bigint, alter partial_refund_hours type bigint, alter no_refund_hours type bigint;
insert into cancellation_policies (practitioner_id) values (id('Ben'));
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
call signs_in('Ann');
create function story.offered(full_hours bigint, partial_hours bigint, none_hours bigint, percent numeric) returns text
language sql
as $$
  update cancellation_policies
     set full_refund_hours = full_hours, partial_refund_hours = partial_hours, no_refund_hours = none_hours,
         partial_refund_percent = percent
   where practitioner_id = id('Ben');
  select get_my_peer_sessions() -> 'sessions' -> 0 -> 'refund_now' ->> 'percent'
$$;
select offered(9223372036854775807, 9223372036854775807, 0, 50) as never,
       offered(-9223372036854775808, 0, 0, 50) as always,
       offered(9223372036854775807, -9223372036854775808, -1, 25) as a_part,
       offered(9223372036854775807, 0, 0, 'NaN') as no_number,
       offered(9223372036854775807, 0, 0, 'Infinity') as too_much,
       offered(9223372036854775807, 0, 0, '-Infinity') as too_little;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
rollback;
