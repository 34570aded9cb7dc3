begin;
call story.starts();
update users set location = 'Saint-Étienne', specializations = array['Sciatica', 'Golfer''s elbow'] where id = id('Ben');
create function story.shown(query text) returns jsonb
language sql
as $$
  select jsonb_agg(practitioner - 'next_free_slot' - 'practitioner_id')
    from jsonb_array_elements(search_peer_practitioners(query)::jsonb -> 'practitioners') as practitioner
$$;
-- A rating of zero is what somebody has whom nobody has rated.
select shown('etienne');
update users set average_rating = 4.8 where id = id('Ben');
alter table users add column review_count integer;
update users set review_count = 12 where id = id('Ben');
select shown('GOLFER''S') -> 0 -> 'rating' as rating, shown('golfer') -> 0 -> 'rating_count' as rating_count;

-- Whatever type the application has given to its list
alter table users alter column specializations drop default, alter column specializations type jsonb using to_jsonb(specializations);
select shown('sciatica') -> 0 -> 'specializations' as list;
update users set specializations = '["Knee"]' where id = id('Ben');
select shown('sciatica') as old, shown('knee') -> 0 -> 'specializations' as new;
alter table users alter column specializations type text using specializations ->> 0;
update users set specializations = 'Hip, Foot' where id = id('Ben');
select shown('hip, f') -> 0 -> 'specializations' as one_text;
-- and where it has none of it.
alter table users rename column specializations to skills;
alter table users rename column location to place;
alter table users drop column average_rating;
select shown('brook');
rollback;
