-- What a booking costs.
create function get_practitioner_credit_cost(
  p_practitioner_id uuid, p_duration_minutes integer, p_product_id uuid default null)
returns integer
language plpgsql stable security definer
set search_path from current
as $$
declare
  cost integer;
begin
  if p_practitioner_id is null or p_duration_minutes is null then
    raise null_value_not_allowed using message = 'practitioner and duration are required';
  elsif p_duration_minutes not between 1 and 480 then
    raise invalid_parameter_value using message = 'the duration must be between 1 and 480 minutes';
  end if;
  select coalesce(offered.credit_cost, offered.duration_minutes, p_duration_minutes)
    into cost
    from users as practitioner
    left join practitioner_products as offered
         on offered.id = p_product_id and offered.practitioner_id = practitioner.id and offered.is_active
   where practitioner.id = p_practitioner_id
     and (p_product_id is null or offered.id is not null);
  if not found then
    raise no_data_found using message = 'no such practitioner or product';
  end if;
  return cost;
end $$;
