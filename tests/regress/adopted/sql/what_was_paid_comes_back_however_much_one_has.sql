-- The application has given Ann all that an account can hold, in both columns. Ben is deactivated all the same.
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
update credits set balance = 2147483647 where user_id = id('Ann');
select balance, current_balance from credits where user_id = id('Ann');
set local role service_role;
update users set is_active = false where id = id('Ben');
reset role;
select client, practitioner, status, payment_status from sessions;
select who(user_id) as person, balance, current_balance from credits where user_id in (id('Ann'), id('Ben')) order by person;
select transaction_type::text, amount, balance_before, balance_after, session_id is not null as of_session, description
  from credit_transactions where user_id = id('Ann') order by created_at desc, id desc limit 2;
rollback;
