begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
create function pg_temp.sees(table_name text) returns bigint language plpgsql as $$
declare rows bigint;
begin
  execute format('select count(*) from public.%I', table_name) into rows;
  return rows;
end $$;
create function pg_temp.looks(person text) returns table (who text, sessions bigint, balances bigint, entries bigint, messages bigint)
language plpgsql as $$
begin
  call story.signs_in(person);
  set local role authenticated;
  return query select person, pg_temp.sees('client_sessions'), pg_temp.sees('credits'), pg_temp.sees('credit_transactions'), pg_temp.sees('notifications');
  reset role;
end $$;
-- Ben has two older entries and an ordinary session besides, which Eli booked.
select looks.* from unnest(array['Ann', 'Ben', 'Cyd', 'Eli', 'Nobody']) as person, pg_temp.looks(person) as looks;
call signs_in('Ann');
set local role authenticated;
select distinct who(user_id) as person from credits;
select distinct who(user_id) as person from credit_transactions;
select distinct who(recipient_id) as person from notifications;
reset role;
rollback;
