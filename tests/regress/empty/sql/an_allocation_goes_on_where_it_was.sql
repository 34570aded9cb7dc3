-- A thousand people in three batches, of which one is rolled back and comes again. Whom the last one has passed gets it all the
-- same.
begin;
call story.starts();
insert into users (id, email, first_name, user_role, is_active)
select format('b0000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid, n || '@example.test', 'P' || n, 'osteopath', true
  from generate_series(1, 1000) as n;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as first;
savepoint so_far;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as second;
rollback to so_far;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as second_again;
update users set is_active = true where id = id('Dee');
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as the_others;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as passed;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2027-01') as none;
select count(*), min(balance), max(balance) from credits;
select count(*) from peer_exchange.verify_ledger();
rollback;
