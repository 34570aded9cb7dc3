-- The application lets a user update her own credits, and may grant what it likes: the door is shut.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select world() as before \gset
call signs_in('Ann');
set local role authenticated;
update credits set balance = 1000000;
update credits set current_balance = 1000000;
update credits set owed = -1000000;
insert into credits (user_id, balance) values (id('Ann'), 1000000) on conflict (user_id) do update set balance = excluded.balance;
delete from credits;
truncate credits;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) values (id('Ann'), 'bonus', 1000000, 0, 1000000);
update credit_transactions set amount = 1000000;
delete from credit_transactions;
select peer_exchange.grant_credits(id('Ann'), 1000000, 'Gift');
reset role;
select world() = :'before' as nothing_was_written;

-- The application grants everything again, as its next migration may.
grant all on all tables in schema public to authenticated, anon;
create policy "All on credits" on credits for all using (true) with check (true);
create policy "All on entries" on credit_transactions for all using (true) with check (true);
select world() as before \gset
set local role authenticated;
update credits set balance = 1000000;
update credits set current_balance = 1000000;
insert into credits (user_id, balance) values (id('Cyd'), 1000000);
insert into credits (user_id, balance) values (id('Ann'), 1000000) on conflict (user_id) do update set balance = excluded.balance;
delete from credits;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) values (id('Ann'), 'bonus', 1000000, 0, 1000000);
update credit_transactions set amount = 1000000;
delete from credit_transactions;
set local role anon;
update credits set balance = 1000000;
insert into credits (user_id, balance) values (id('Cyd'), 1000000);
reset role;
select world() = :'before' as nothing_was_written;

-- The application's own service still allocates credits.
set local role service_role;
update credits set balance = balance + 10 where user_id = id('Ann');
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) values (id('Ann'), 'bonus', 10, 120, 130);
reset role;
select balance, current_balance from credits where user_id = id('Ann');
rollback;
