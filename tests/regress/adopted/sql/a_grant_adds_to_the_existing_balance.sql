-- Balances of this application have a key of their own, and the person is only unique.
begin;
call story.starts();
select contype, pg_get_constraintdef(oid) as key from pg_constraint
 where conrelid = 'credits'::regclass and contype in ('p', 'u') order by 1;
create index credits_written on credits (updated_at);
select plain(peer_exchange.grant_credits(id('Ann'), 100, 'Gift')) - 'user_id' as granted;
update credits set updated_at = clock_timestamp();
select plain(peer_exchange.grant_credits(id('Ann'), 1, 'Gift')) - 'user_id' as granted;
select count(*) as rows, sum(balance) as balance from credits where user_id = id('Ann');
select books_balance();
rollback;
