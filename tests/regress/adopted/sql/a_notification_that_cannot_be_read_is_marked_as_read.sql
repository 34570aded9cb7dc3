-- A payload of type json keeps what nobody can read: she marks all that she has as read, once and again.
begin;
call story.starts();
drop view story.reminders, story.messages;
alter table notifications alter payload drop default, alter payload type json;
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
update notifications set payload = '{"\u0000": 1}' where recipient_id = id('Ann');
call signs_in('Ann');
select mark_notifications_read(array(select id from notifications)) as marked;
select mark_notifications_read(array(select id from notifications)) as marked_again;
call signs_in(null);
select bool_and(read) as are_read, bool_and(read_at is not null) as say_when from notifications where recipient_id = id('Ann');
rollback;
