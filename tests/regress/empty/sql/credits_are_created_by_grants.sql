begin;
call story.starts();
select reply::jsonb - 'user_id' as reply, reply ->> 'user_id' = id('Ann')::text as to_ann
  from peer_exchange.grant_credits(id('Ann'), 100, 'Monthly allocation', 'month-1') as reply;
select * from balances;
select * from ledger;

-- Under one key once; the key is the person's own.
select world() as before \gset
select peer_exchange.grant_credits(id('Ann'), 100, 'Monthly allocation', 'month-1')::jsonb - 'user_id' as again;
select world() = :'before' as nothing_was_written;
select peer_exchange.grant_credits(id('Ben'), 100, 'Monthly allocation', 'month-1')::jsonb -> 'replayed' as replayed;
-- Without a key, or with a blank one, every call counts.
select peer_exchange.grant_credits(id('Ann'), 1, 'Thanks')::jsonb -> 'balance_after' as balance;
select peer_exchange.grant_credits(id('Ann'), 1, 'Thanks', ' ')::jsonb -> 'balance_after' as balance;
select peer_exchange.grant_credits(id('Ann'), 1, 'Thanks', null)::jsonb -> 'balance_after' as balance;
select books_balance();
rollback;
