-- Hours and specializations that nothing can be made of: their owner is found without a next slot, all others as ever.
-- Only who asks for her own time is told what is wrong.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
insert into practitioner_availability (user_id) values (id('Cyd'));
alter table practitioner_availability alter working_hours drop default, alter working_hours type json;
alter table users alter specializations drop default, alter specializations type json using to_json(specializations);
alter table users add preferences json;
call signs_in('Ann');
create function story.found() returns table (name text, specializations jsonb, has_next_slot boolean)
language sql
as $$
  select found ->> 'name', found -> 'specializations', found ->> 'next_free_slot' is not null
    from jsonb_array_elements(search_peer_practitioners(null, null)::jsonb -> 'practitioners') as found
   where (found ->> 'practitioner_id')::uuid in (id('Ben'), id('Cyd'))
$$;
create procedure story.writes(value text)
language sql
as $$
  update practitioner_availability
     set working_hours = format('{"monday": %1$s, "tuesday": %1$s, "wednesday": %1$s, "thursday": %1$s, "friday": %1$s, '
                                '"saturday": %1$s, "sunday": %1$s, "note": %1$s}', value)::json
   where user_id = id('Cyd');
  update users set specializations = format('["Knee", %s]', value)::json, preferences = value::json where id = id('Cyd')
$$;
select * from found();
call writes('1e400');
select * from found();
call writes(repeat('9', 400));
select * from found();
call writes(repeat('[', 200) || repeat(']', 200));
select * from found();
call writes('"\ud800"');
select * from found();
call writes('"\u0000"');
select * from found();

-- Of who takes part, the one column is read.
set local peer_exchange.opt_in_column = 'treatment_exchange_opt_in';
update users set treatment_exchange_opt_in = true where id in (id('Ann'), id('Ben'), id('Cyd'));
select * from found();
select book('Ann', 'Ben') -> 'success' as booked;

-- She is told what is wrong,
select book('Ann', 'Cyd');
\echo :LAST_ERROR_SQLSTATE
select quote_peer_booking(id('Ann'), id('Cyd'), monday(), '10:00', 60, 'massage');
-- and can leave.
update users set is_active = false where id = id('Cyd');
delete from practitioner_availability where user_id = id('Cyd');
delete from users where id = id('Cyd');
rollback;
