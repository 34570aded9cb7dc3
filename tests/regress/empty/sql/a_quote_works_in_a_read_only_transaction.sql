-- PostgREST answers a GET in one.
begin read only;
select get_practitioner_credit_cost(story.id('Ben'), 60) as cost;
select get_practitioner_credit_cost(story.id('Ben'), 60, null) as cost;
rollback;
select provolatile as volatility from pg_proc where oid = 'public.get_practitioner_credit_cost'::regproc;
