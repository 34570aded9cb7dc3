begin;
call story.starts();
update users set location = 'Zürich', specializations = array['Sports injuries', 'Rücken'] where id = id('Ann');
update users set location = 'St. Gallen', specializations = array['Pregnancy', '100% manual'] where id = id('Ben');
update users set first_name = 'Cécile', location = 'Łódź', specializations = array['Back', 'Neck_and_shoulder'] where id = id('Cyd');
insert into users (id, email, first_name, last_name, user_role, location, specializations) values
  ('b0000000-0000-4000-8000-000000000001', 'frank@example.test', 'Frank', 'Größe', 'osteopath', E' New\nYork ', array['Back\slash', 'Kids']),
  ('b0000000-0000-4000-8000-000000000002', 'gil@example.test', null, null, 'osteopath', null, null);

create function story.found(query text default null, role text default null, location text default null,
                            specialization text default null)
returns text
language sql
as $$
  select coalesce(string_agg(practitioner ->> 'name', ', '), 'nobody')
    from json_array_elements(search_peer_practitioners(query, role, location, specialization) -> 'practitioners') as practitioner
$$;

-- by name, place and specialization; in the order of names; inactive people and others are not found
select found() as everybody;
select query, found(query)
  from unnest(array['archer', 'ARCHER', 'n arch', 'cecile', 'CÉCILE', 'Ce', 'zurich', 'ZÜRICH', 'lodz', 'st. g', 'grosse', 'Größe',
                    'new york', E'new \t york', 'rucken', 'back', 'pregnan', 'dale', 'east', 'example.test', 'gallen pregnancy',
                    'archer zurich', '', '  ', 'x']) as query;
-- what LIKE would take for a wildcard is a letter like any other
select query, found(query) from unnest(array['%', '100%', '_', 'k_a', 'kxa', '\', 'k\s', '%%%', '___']) as query;
-- each filter asks its own field, and all of them together
select found(location => 'zu') as zu, found(location => 'back') as no_place, found(specialization => 'BACK') as back,
       found(specialization => 'zurich') as no_specialization;
select found('c', location => 'lodz', specialization => 'neck') as all_three, found('ann', location => 'lodz') as none;
select found(role => 'osteopath') as osteopaths, found(role => ' sports_therapist ') as one, found(role => 'client') as no_practitioner,
       found('arch', role => 'osteopath') as both, found(role => '') as blank;
-- two entries of a list are not one text
select found(specialization => 'injuries r') as across, found('injuries ru') as across_too;

-- The caller does not find herself; the service is nobody to leave out.
call signs_in('Ann');
select found('archer') as herself, found('brook') as another;
call signs_in('Ann', 'service_role');
select found('archer') as by_the_service;
call signs_in(null);

-- Pages of one order, and how many there are in all.
create function story.page(query text, page_limit integer, page_offset integer)
returns table (total integer, names text)
language sql
as $$
  select (reply ->> 'total')::integer,
         (select string_agg(one ->> 'name', ', ') from json_array_elements(reply -> 'practitioners') as one)
    from search_peer_practitioners(query, p_limit => page_limit, p_offset => page_offset) as reply
$$;
select * from page(null, 2, 0) union all select * from page(null, 2, 2) union all select * from page(null, 2, 4)
union all select * from page(null, 2, 6) union all select * from page('back', 1, 1) union all select * from page('xyz', 5, 0);

-- Who changes is found by what she is now, and by nothing else.
update users set last_name = 'Miller', location = null where id = id('Ann');
select found('archer') as old, found('miller') as new, found(location => 'zurich') as gone;
delete from users where id = 'b0000000-0000-4000-8000-000000000001';
select found('frank') as deleted;
select count(*) as entries_too_many from peer_exchange.search_entries where user_id not in (select id from users);
update users set is_active = false where id = id('Cyd');
select found('cecile') as inactive;
set local peer_exchange.practitioner_roles = 'client';
select found() as of_another_role;
rollback;
