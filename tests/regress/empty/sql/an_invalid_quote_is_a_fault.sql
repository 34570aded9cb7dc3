-- There is no reply to put a refusal in; the SQLSTATE is what clients branch on.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
insert into practitioner_products (id, practitioner_id, name, is_active) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 'Old', false),
  ('b0000000-0000-4000-8000-000000000002', id('Cyd'), 'Of Cyd''s', true);
-- NULL where a value must be
select get_practitioner_credit_cost(null, 60);
select get_practitioner_credit_cost(id('Ben'), null);
-- a duration out of bounds
select get_practitioner_credit_cost(id('Ben'), 0);
select get_practitioner_credit_cost(id('Ben'), -1);
select get_practitioner_credit_cost(id('Ben'), 481);
select get_practitioner_credit_cost(id('Ben'), 2147483647);
-- no product of this practitioner that can be booked
select get_practitioner_credit_cost(id('Ben'), 60, 'b0000000-0000-4000-8000-000000000001');
select get_practitioner_credit_cost(id('Ben'), 60, 'b0000000-0000-4000-8000-000000000002');
select get_practitioner_credit_cost(id('Ben'), 60, 'b0000000-0000-4000-8000-000000000009');
-- nobody
select get_practitioner_credit_cost(id('Nobody'), 60);
-- more credits than there are numbers
set local peer_exchange.max_duration_minutes = 10080;
set local peer_exchange.credits_per_minute = 1000000;
select get_practitioner_credit_cost(id('Ben'), 10080);
rollback;
