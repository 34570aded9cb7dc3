begin;
call story.starts();
call give('Ann', 100);
insert into practitioner_products (id, practitioner_id, name, credit_cost, is_active) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'Massage',  20, true),
  ('b0000000-0000-4000-8000-000000000002', id('Ben'), 'Old',      20, false),
  ('b0000000-0000-4000-8000-000000000003', id('Cyd'), 'Of Cyd''s', 20, true);
select world() as before \gset
select product, book('Ann', 'Ben', product => product::uuid) as reply
  from (values ('b0000000-0000-4000-8000-000000000002'),
               ('b0000000-0000-4000-8000-000000000003'),
               ('b0000000-0000-4000-8000-000000000009')) as wish (product);
select world() = :'before' as nothing_was_written;

select book('Ann', 'Ben', product => 'b0000000-0000-4000-8000-000000000001') -> 'success' as booked;
select product_id from client_sessions;
rollback;
