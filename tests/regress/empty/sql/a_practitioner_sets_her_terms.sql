-- Policy, products and profile, as she says them and as they count.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
call signs_in('Ben');
select set_cancellation_policy(48, 24, 33.33);
select who(practitioner_id) as person, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent, is_active
  from cancellation_policies;
select set_cancellation_policy(72, 72, 0) -> 'cancellation_policy' as changed;
-- None of her own: the settings count, and her row is there still.
set local peer_exchange.default_full_refund_hours = 12;
select set_cancellation_policy(null, null, null);
select is_active from cancellation_policies;
select set_cancellation_policy(6, 3, 50) ->> 'has_own_cancellation_policy' as her_own_again;

select save_product(null, ' Deep tissue ', 90, 120)::jsonb as product \gset
select :'product'::jsonb - 'product_id' as added;
select save_product((:'product'::jsonb ->> 'product_id')::uuid, 'Deep tissue', null, null, null)::jsonb - 'product_id' as changed;
select save_product((:'product'::jsonb ->> 'product_id')::uuid, 'Deep tissue', 90, 100, false)::jsonb - 'product_id' as no_more;
select save_product(id('Nemo'), 'Nothing') as of_nobody;
call signs_in('Cyd');
select save_product((:'product'::jsonb ->> 'product_id')::uuid, 'Stolen') as of_another;
call signs_in('Ben');
select who(practitioner_id) as person, name, duration_minutes, credit_cost, is_active from practitioner_products;

select set_practice_profile('Leeds', ' 12 Mill Lane, Leeds ', array['Sciatica', ' ', null, 'Sciatica', 'Knees']);
select set_practice_profile(p_location => 'York');
select set_practice_profile(p_location => ' ', p_visit_address => '', p_specializations => '{}');
select set_practice_profile(p_location => 'York');
select location, visit_address, specializations from users where id = id('Ben');
select practitioner ->> 'name' as found_by_place
  from json_array_elements(search_peer_practitioners(p_location => 'york') -> 'practitioners') as practitioner;

select world() as before \gset
select set_cancellation_policy(24, null, 50);
\echo :LAST_ERROR_SQLSTATE
select set_cancellation_policy(24, 48, 50);
select set_cancellation_policy(-1, 0, 50);
select set_cancellation_policy(100000, 0, 50);
select set_cancellation_policy(24, 12, 101);
select set_cancellation_policy(24, 12, 'NaN');
select save_product(null, null);
select save_product(null, '  ');
select save_product(null, 'Long', 100000);
select save_product(null, 'Free', 60, 0);
select save_product(null, repeat('x', 1000000));
select set_practice_profile(p_location => repeat('x', 1000000));
select set_practice_profile(p_specializations => array_fill('x'::text, array[51]));
select set_practice_profile(p_specializations => array[repeat('x', 101)]);
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
rollback;
