begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
select book('Ann', 'Ben') -> 'success' as booked;
-- Cyd's account is opened by what he earns.
select book('Ann', 'Cyd', '14:00', 20) -> 'success' as booked;
select who(user_id) as person, balance, current_balance from credits order by person;
-- An older writer knows the older column alone; none of them is lost.
update credits set current_balance = current_balance + 5 where user_id = id('Cyd');
update credits set balance = balance + 5 where user_id = id('Ben');
insert into credits (user_id, current_balance) values (id('Dee'), 7);
insert into credits (user_id, balance) values (id('Eli'), 8);
select who(user_id) as person, balance, current_balance from credits order by person;

select who(recipient_id) as recipient, user_id = recipient_id as same_person, message = body as same_text, metadata = payload as same_data,
       read, count(*)
  from notifications group by 1, 2, 3, 4, 5 order by 1;
-- A message of the application that fills the older columns alone still can be written.
insert into notifications (user_id, type, title, message) values (id('Ann'), 'booking_request', 'Hello', 'Somebody wants to see you');
select title, message from notifications where type = 'booking_request';
rollback;
