-- A quote and a charge are one rule, and a client never names a price. Each product is booked on a
-- day of its own.
begin;
call story.starts();
call give('Ann', 10000);
insert into practitioner_products (id, practitioner_id, name, credit_cost, duration_minutes) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'priced',           25,   null),
  ('b0000000-0000-4000-8000-000000000002', id('Ben'), 'priced and timed', 25,   45),
  ('b0000000-0000-4000-8000-000000000003', id('Ben'), 'timed',            null, 45),
  ('b0000000-0000-4000-8000-000000000004', id('Ben'), 'neither',          null, null);

select name as product, get_practitioner_credit_cost(id('Ben'), 61, products.id) as quoted,
       book('Ann', 'Ben', minutes => 61, product => products.id, day => monday() + products.rank) -> 'credit_cost' as charged
  from (select *, row_number() over (order by id)::integer as rank from practitioner_products) as products;
select get_practitioner_credit_cost(id('Ben'), 61) as quoted, book('Ann', 'Ben', minutes => 61) -> 'credit_cost' as charged;
select duration_minutes as minutes, credit_cost as cost, extract(epoch from upper(occupied_during) - lower(occupied_during)) / 60 as occupies
  from client_sessions order by session_date;

-- Rounded half up, and nothing is free.
set local peer_exchange.credits_per_minute = 0.5;
select minutes, get_practitioner_credit_cost(id('Ben'), minutes) as cost from unnest(array[60, 61, 62, 2, 1]) as minutes;
set local peer_exchange.credits_per_minute = 0;
select get_practitioner_credit_cost(id('Ben'), 60) as cost;
set local peer_exchange.credits_per_minute = 2.5;
select get_practitioner_credit_cost(id('Ben'), 60) as quoted,
       get_practitioner_credit_cost(id('Ben'), 60, 'b0000000-0000-4000-8000-000000000001') as priced,
       get_practitioner_credit_cost(id('Ben'), 60, 'b0000000-0000-4000-8000-000000000003') as timed,
       book('Ann', 'Ben', day => monday(1)) -> 'credit_cost' as charged;
select books_balance();
rollback;
