begin;
call story.starts();
-- Ann, Ben and Cyd are active practitioners; Dee is not active, Eli no practitioner.
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12') as reached;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12') as reached_again;
select who(user_id) as who, balance, total_earned from credits order by 1;
-- Another period, for those who are named, whoever they are.
select peer_exchange.allocate_credits(5, 'A gift', 'spring', array[id('Ann'), id('Dee'), id('Ann'), null]) as reached;
select peer_exchange.allocate_credits(5, 'A gift', 'spring', array[id('Ann'), id('Dee')]) as reached_again;
select who(user_id) as who, transaction_type, amount, balance_before, balance_after, description, idempotency_key
  from credit_transactions order by 1, 4;
select * from peer_exchange.verify_ledger();
-- What is owed stays owed: a grant is no earning.
update credits set owed = 10 where user_id = id('Ben');
select peer_exchange.allocate_credits(1, 'A gift', 'summer', array[id('Ben')]) as reached;
select balance, owed from credits where user_id = id('Ben');
rollback;
