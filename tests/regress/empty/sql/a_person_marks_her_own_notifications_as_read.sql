-- How many were unread and are read now comes back; whatever is not hers is passed over.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
create temporary view read_by as
select who(recipient_id) as person, read_at is not null as is_read, count(*) from notifications group by 1, 2 order by 1, 2;
create function pg_temp.told(person text) returns uuid[] language sql as $$
  select array_agg(id order by id) from notifications where recipient_id = story.id(person)
$$;
select pg_temp.told('Ann') as of_ann, pg_temp.told('Ben') as of_ben \gset

call signs_in('Ann');
select mark_notifications_read((:'of_ann'::uuid[])[1:1]) as marked;
table read_by;
-- what is read already stays as it was, and counts no more
update notifications set read_at = 'epoch' where id = (:'of_ann'::uuid[])[1];
select mark_notifications_read(:'of_ann') as marked;
select mark_notifications_read(:'of_ann') as marked;
select count(*) as read_long_ago from notifications where read_at = 'epoch';
table read_by;
-- Ben's, nobody's, none at all, one named twice
select mark_notifications_read(:'of_ben') as marked;
select mark_notifications_read(array[id('Nobody'), null]) as marked;
select mark_notifications_read('{}') as marked;
call signs_in('Ben');
select mark_notifications_read((:'of_ben'::uuid[])[1:1] || (:'of_ben'::uuid[])[1:1] || :'of_ann'::uuid[]) as marked;
select mark_notifications_read(array[[(:'of_ben'::uuid[])[1], (:'of_ben'::uuid[])[2]]]) as marked;
table read_by;

-- a thousand at once and no more
select mark_notifications_read(array_fill(id('Nobody'), array[1000])) as marked;
select mark_notifications_read(array_fill(id('Nobody'), array[1001]));
select mark_notifications_read(null);
-- The service has read nothing.
call signs_in(null);
select mark_notifications_read(:'of_ann');
rollback;
