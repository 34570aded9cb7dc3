-- Where the tables are ours. What the application leaves open to everybody stays its own business.
begin;
call doors.becomes('Ann');
do $$
begin
  if doors.database() = 'empty' then
    call doors.touches_nothing('update public.cancellation_policies set full_refund_hours = 0');
    call doors.touches_nothing('delete from public.cancellation_policies');
    call doors.touches_nothing('update public.practitioner_products set credit_cost = 1');
    call doors.fails(format('insert into public.practitioner_products (practitioner_id, name, credit_cost) values (%L, ''Cheap'', 1)', doors.id('Ben')));
  end if;
end $$;
call doors.nothing_happened();
rollback;
