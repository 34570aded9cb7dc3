-- Nobody knows which of the two columns is right, so neither is touched before somebody has looked.
begin;
call story.starts();
select balance, current_balance from credits where user_id = id('Ben');
select object like '%' || id('Ben') || '%' as names_ben, action from peer_exchange.setup() where object like 'balance%';
select finding, who(user_id) as person, expected, actual from peer_exchange.verify_ledger();
-- The fix that is named.
update credits set balance = 30 where user_id = id('Ben');
select balance, current_balance from credits where user_id = id('Ben');
select count(*) as conflicts from peer_exchange.setup() where action = 'conflict';
select books_balance();
rollback;
