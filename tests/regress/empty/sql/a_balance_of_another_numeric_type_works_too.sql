-- The application may widen its columns after setup().
begin;
call story.starts();
call give('Ann', 100);
drop view story.balances, story.ledger;
alter table credits alter balance type numeric, alter total_spent type bigint;
alter table credit_transactions alter balance_after type numeric(12, 2);
select plain(peer_exchange.grant_credits(story.id('Ann'), 20, 'Gift')) - 'user_id' as granted;
select book('Ann', 'Ben') as booked;
select refund('Ann', 'Ben') as refunded;
select who(user_id) as person, balance, total_earned, total_spent from credits order by 1;
select books_balance();
-- What has no integer is not taken for one.
update credits set balance = 10.5 where user_id = id('Ann');
select peer_exchange.grant_credits(story.id('Ann'), 20, 'Gift') -> 'balance_after' as granted;
rollback;
