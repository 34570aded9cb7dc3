-- $1 practitioner. The application may keep more in these rows: they stay, and hold no longer.
update public.cancellation_policies as policy
   set is_active = false
 where policy.practitioner_id = $1
   and policy.is_active
