-- However a session comes into the table, it is found by who looks a week back from a slot.
begin;
call story.starts();
call give('Ann', 100000);
savepoint made;
call inserts('Ann', 'Ben', '10:00', 7 * 24 * 60);
select count(*) as inserted from client_sessions;
-- Its last hour keeps Ann from another session, given by somebody else.
select book('Ann', 'Cyd', day => story.monday() + 7, at => '09:30') ->> 'error_code' as within_the_week;
select book('Ann', 'Cyd', day => story.monday() + 7, at => '10:00') -> 'success' as after_it;
rollback to made;
call inserts('Ann', 'Ben', '10:00', 7 * 24 * 60 + 1);
rollback to made;
insert into practitioner_products (id, practitioner_id, duration_minutes) values
  ('d0000000-0000-4000-8000-000000000001', story.id('Ben'), 7 * 24 * 60);
select book('Ann', 'Ben', product => 'd0000000-0000-4000-8000-000000000001') -> 'success' as a_week;
rollback to made;
insert into practitioner_products (id, practitioner_id, duration_minutes) values
  ('d0000000-0000-4000-8000-000000000002', story.id('Ben'), 7 * 24 * 60 + 1);
select book('Ann', 'Ben', product => 'd0000000-0000-4000-8000-000000000002') -> 'success' as more;
rollback;
