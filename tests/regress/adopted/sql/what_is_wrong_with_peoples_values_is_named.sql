-- What people have written that can't be used is named with whose it is, what is written there, and what to do; setup()
-- says the same.
begin;
call story.starts();
select * from peer_exchange.verify_people();

alter table practitioner_availability drop constraint practitioner_availability_user_id_key, alter working_hours type json;
alter table cancellation_policies drop constraint cancellation_policies_practitioner_id_key;
alter table users alter specializations drop default, alter specializations type json using to_json(specializations);
insert into practitioner_availability (user_id, timezone, working_hours) values
  (id('Ann'), 'Europe/Londn', '{"monday": {"start": "9am", "end": "5pm"}, "sunday": "closed"}'),
  (id('Cyd'), repeat('x', 200), '{"\ud800": 1}'),
  (id('Ben'), 'UTC', '{"friday": null}');
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent) values
  (id('Ann'), 24, -1, 12, 'NaN'), (id('Ben'), 24, 12, 12, 50), (id('Ben'), 8784, 0, null, 100), (id('Cyd'), 8785, null, 0, 100.5);
update users set specializations = '["\ud800"]' where id = id('Ann');
update users set specializations = '{"knee": true}' where id = id('Ben');
update users set specializations = '["Knee", 5]' where id = id('Cyd');
update users set specializations = '"Knee"' where id = id('Dee');
\pset format unaligned
select finding, who(user_id) as person, value, detail from peer_exchange.verify_people();
select object, detail from peer_exchange.setup(true)
 where action = 'conflict' and object ~ '^(time zone|working hours|hours|cancellation polic|specializations)';

-- One for a setting that names no such column.
set local peer_exchange.opt_in_column = 'location';
select finding, user_id, value, detail from peer_exchange.verify_people() where user_id is null;
rollback;
