-- On tables that setup() made, who publishes what nobody can read is told so then.
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
insert into practitioner_availability (user_id, working_hours)
values (id('Ben'), '{"monday": {"enabled": true, "start": "nine", "end": "17:00"}}');
insert into practitioner_availability (user_id, working_hours) values (id('Ben'), '{"monday": 1e400}');
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/Londn');
insert into practitioner_availability (user_id, timezone) values (id('Ben'), '-120');
insert into practitioner_availability (user_id, timezone) values (id('Ben'), repeat('x', 1000000));
select count(*) from practitioner_availability;

-- None, blanks and closed days can be read.
insert into practitioner_availability (user_id, timezone, working_hours) values (id('Ben'), ' ', '{"monday": null}');
update practitioner_availability set timezone = ' Europe/London ', working_hours = '{"monday": {"start": "09:00", "end": "24:00"}}';
update practitioner_availability set timezone = null, working_hours = '{}';
update practitioner_availability set timezone = 'London';
update practitioner_availability set working_hours = '{"sunday": {"start": "09:00"}}';

-- What is older than the guard stands, until somebody changes it.
set local session_replication_role = replica;
update practitioner_availability set timezone = 'London', working_hours = '{"sunday": {"start": "09:00"}}';
set local session_replication_role = origin;
update practitioner_availability set user_id = user_id;
update practitioner_availability set working_hours = '{"monday": "closed"}';
select who(user_id) as person, timezone, working_hours from practitioner_availability;
rollback;
