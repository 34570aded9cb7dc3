begin;
call story.starts();
call give('Ann', 100);
alter table practitioner_products alter credit_cost type numeric(10, 2);
insert into practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost) values
  ('b0000000-0000-4000-8000-000000000001', story.id('Ben'), 'Deep', 60, 45),
  ('b0000000-0000-4000-8000-000000000002', story.id('Ben'), 'Deeper', 60, 45.50);
select get_practitioner_credit_cost(story.id('Ben'), 60, id) as quoted,
       quote_peer_booking(story.id('Ann'), story.id('Ben'), story.monday(), '09:00', 60, 'massage', null, id) -> 'credit_cost' as foreseen
  from practitioner_products order by id;
select book('Ann', 'Ben', '10:00', product => 'b0000000-0000-4000-8000-000000000001') -> 'credit_cost' as charged;
select book('Ann', 'Ben', '12:00', product => 'b0000000-0000-4000-8000-000000000002') -> 'credit_cost' as charged;
select * from balances;
select books_balance();
rollback;
