-- Whatever setup() makes may have been dropped since: while nothing has been planned yet, and after a booking, too.
begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben') ->> 'success' as booked;
select get_practitioner_credit_cost(id('Ben'), 60) as cost;
savepoint whole;

alter table credits drop column owed cascade;
select book('Ann', 'Cyd', '14:00');
rollback to whole;

alter table practitioner_products rename to products;
select get_practitioner_credit_cost(id('Ben'), 60);
rollback to whole;

-- What a trigger of the application lacks is the application's own business.
create function pg_temp.lacks_something() returns trigger language plpgsql as $$
begin
  perform missing from credits;
  return new;
end $$;
create trigger lacks_something before insert on client_sessions for each row execute function pg_temp.lacks_something();
\set VERBOSITY sqlstate
select book('Ann', 'Cyd', '14:00');
rollback to whole;

select book('Ann', 'Cyd', '14:00') ->> 'success' as booked;
rollback;
