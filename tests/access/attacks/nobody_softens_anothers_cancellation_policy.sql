-- Where the tables are ours. What the application leaves open to everybody stays its own business.
begin;
call access.becomes('Ann');
do $$
begin
  if access.database() = 'empty' then
    call access.touches_nothing('update public.cancellation_policies set full_refund_hours = 0');
    call access.touches_nothing('delete from public.cancellation_policies');
    call access.touches_nothing('update public.practitioner_products set credit_cost = 1');
    call access.fails(format('insert into public.practitioner_products (practitioner_id, name, credit_cost) values (%L, ''Cheap'', 1)', access.id('Ben')));
  end if;
end $$;
call access.nothing_happened();
rollback;
