-- $1 practitioner, $2 and $3 hours of a full and of a partial refund, $4 which part that is in percent. After the hours of a
-- partial refund nothing goes back, whatever was said before.
with changed as (
  update public.cancellation_policies as policy
     set full_refund_hours = $2, partial_refund_hours = $3, no_refund_hours = $3, partial_refund_percent = $4, is_active = true
   where policy.practitioner_id = $1
  returning policy.practitioner_id
)
insert into public.cancellation_policies
       (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent, is_active)
select $1, $2, $3, $3, $4, true
 where not exists (select from changed)
