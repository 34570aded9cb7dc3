begin;
call story.starts();
call give('Ann', 100);
call give('Dee', 100);
call give('Eli', 100);
select world() as before \gset

select client, practitioner, book(client, practitioner) as reply
  from (values ('Ann', 'Ann'),
               ('Nobody', 'Ben'), ('Ann', 'Nobody'),
               ('Eli', 'Ben'),    ('Ann', 'Eli'),
               ('Dee', 'Ben'),    ('Ann', 'Dee')) as wish (client, practitioner);
select world() = :'before' as nothing_was_written;

-- Who has no role is no practitioner.
update users set user_role = null where id = id('Cyd');
select book('Ann', 'Cyd') ->> 'error_code' as code;

-- Which roles make a practitioner is a setting.
set local peer_exchange.practitioner_roles = ' client ,osteopath';
select book('Ann', 'Eli') -> 'success' as booked;
select book('Ann', 'Ben') ->> 'error_code' as code;
rollback;

-- The same for charging a session that was inserted before.
begin;
call story.starts();
call give('Ann', 100);
call inserts('Ann', 'Ben');
update users set user_role = 'client' where id = id('Ben');
select world() as before \gset
select charge('Ann', 'Ben') as reply;
select world() = :'before' as nothing_was_written;
rollback;
