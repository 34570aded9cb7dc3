\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
-- Ben has published no hours: any start counts.
set local peer_exchange.unpublished_hours = 'any';
insert into practitioner_products (id, practitioner_id, is_active) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), false);
create function story.slots(practitioner text, first_day date default monday(), last_day date default monday(),
                            minutes integer default 60, step integer default 15, product uuid default null)
returns json
language sql
as $$
  select get_available_slots(id(practitioner), first_day, last_day, minutes, step, product)
$$;
call signs_in('Ann');
-- what is missing
select slots(null) ->> 'error' as practitioner, slots('Ben', null) ->> 'error' as first_day,
       slots('Ben', monday(), null) ->> 'error' as last_day, slots('Ben', minutes => null) ->> 'error' as minutes,
       slots('Ben', step => null) ->> 'error' as step;
select slots('Ben', minutes => 0) as too_short;
select slots('Ben', minutes => 481) ->> 'error_code' as too_long;
-- who can't book or be booked
select slots(person) ->> 'error_code' as error_code from unnest(array['Ann', 'Nobody', 'Dee', 'Eli']) as person;
select slots('Ben', product => 'b0000000-0000-4000-8000-000000000001') as product;
select slots('Ben', minutes => 101) as credits;
call signs_in('Nobody');
select slots('Ben') ->> 'error_code' as nobody;
call signs_in('Dee');
select slots('Ben') ->> 'error_code' as inactive;
call signs_in('Eli');
select slots('Ben') ->> 'error_code' as no_practitioner;
-- nonsense
call signs_in('Ann');
select slots('Ben', monday(), monday() - 1);
select slots('Ben', monday(), monday() + 62);
select json_array_length(slots('Ben', monday(), monday() + 61, step => 1440) -> 'slots') as days;
select slots('Ben', '-infinity', 'infinity');
select slots('Ben', 'infinity', 'infinity') -> 'slots' as slots;
select slots('Ben', step => 4);
select slots('Ben', step => 1441);
select slots('Ben', step => -2147483648);
select json_array_length(slots('Ben', step => 5) -> 'slots') as slots;
-- hours that nobody can read; a zone that nobody knows is the setting's
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, working_hours) values (id('Ben'), '{"monday": {"start": "nine"}}');
set local session_replication_role = origin;
select slots('Ben');
select json_array_length(slots('Ben', monday() + 2, monday() + 2) -> 'slots') as closed_on_other_days;
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
update practitioner_availability set working_hours = '{}', timezone = 'Mars/Base';
set local session_replication_role = origin;
select slots('Ben') ->> 'timezone' as timezone;
-- nobody
call signs_in('Ann', 'anon');
select slots('Ben');
rollback;
