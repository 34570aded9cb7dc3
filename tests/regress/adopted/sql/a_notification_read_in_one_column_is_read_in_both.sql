-- Older clients know "read", newer ones "read_at"; whoever marks it, both say the same.
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
create temporary view in_both as
select who(recipient_id) as person, read, read_at is not null as has_read_at, count(*) from notifications group by 1, 2, 3 order by 1, 2, 3;
select array_agg(id order by id) as of_ann from notifications where recipient_id = id('Ann') \gset

call signs_in('Ann');
select mark_notifications_read(:'of_ann') as marked;
table in_both;
-- An older client takes it back, and a newer one; each of them marks it again.
update notifications set read = false where recipient_id = id('Ann');
table in_both;
update notifications set read = true where recipient_id = id('Ann');
table in_both;
update notifications set read_at = null where recipient_id = id('Ann');
table in_both;
update notifications set read_at = now() where recipient_id = id('Ann');
table in_both;

-- Rows from before the extension say it in one of the two; either kind is unread until it is marked.
call signs_in(null);
set local session_replication_role = replica;
update notifications set read = (id = (:'of_ann'::uuid[])[1]), read_at = case when id = (:'of_ann'::uuid[])[2] then now() end
 where recipient_id = id('Ann');
set local session_replication_role = origin;
table in_both;
call signs_in('Ann');
select mark_notifications_read(:'of_ann') as marked;
select mark_notifications_read(:'of_ann') as marked;
table in_both;
rollback;
