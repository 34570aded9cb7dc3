-- Without a balance before, a type of the application's own, without an instant: each is there once.
begin;
call story.starts();
call lives_in('UTC');
select book('Ann', 'Ben') -> 'success' as booked;
set local session_replication_role = replica;
insert into credit_transactions (user_id, amount, transaction_type, description, balance_before, balance_after, session_id, created_at) values
  (id('Ann'), -15, 'transfer',        'To a friend', null, 5,  null, '2020-01-03'),
  (id('Ann'),  20, 'session_payment', 'Treatment',   null, 20, null, '2020-01-02'),
  (id('Ann'),  40, 'credit_purchase', 'Bought',      null, 40, null, '2020-01-01'),
  -- of an ordinary session, in which she has no part
  (id('Ann'),   1, 'bonus',           'Of Eli''s session', 0, 1, (select id from client_sessions where client_id = id('Eli')), '2019-01-01'),
  (id('Ann'),   2, 'bonus',           'Nobody knows when', 0, 2, null, null),
  (id('Ann'),   2, 'bonus',           'Nobody knows when', 0, 2, null, null);
set local session_replication_role = origin;

create function pg_temp.told(statement json) returns table (made_at text, type text, credits integer, description text, with_session boolean)
language sql as $$
  select left(entry ->> 'created_at', 10), entry ->> 'transaction_type', (entry ->> 'credits')::integer, entry ->> 'description',
         json_typeof(entry -> 'session') <> 'null'
    from json_array_elements(statement -> 'entries') as entry
$$;
call signs_in('Ann');
select type, credits, description, with_session from pg_temp.told(get_credit_statement());
select * from pg_temp.told(get_credit_statement(p_to => '2020-01-02'));
-- Who asks from a day on does not mean those that have none.
select * from pg_temp.told(get_credit_statement(p_from => '2020-01-02', p_to => '2020-01-03'));

-- A balance history begins with what stood after those without an instant, and counts the application's own types as the rest.
select day from json_array_elements(get_balance_history('2018-12-31', '2018-12-31') -> 'days') as day;
select day from json_array_elements(get_balance_history('2019-12-31', '2020-01-04') -> 'days') as day;
select kind, type, credits
  from unnest(array['spent', 'granted', 'adjusted']) as kind, pg_temp.told(get_credit_statement(p_to => '2020-01-04', p_kind => kind))
 order by kind, type, credits;

create function pg_temp.walk(size integer) returns table (pages integer, entries bigint, distinct_entries bigint)
language plpgsql as $$
declare
  cursor    text;
  statement json;
  seen      text[] := '{}';
begin
  pages := 0;
  loop
    statement := get_credit_statement(p_limit => size, p_before => cursor);
    pages := pages + 1;
    seen := seen || array(select entry ->> 'entry_id' from json_array_elements(statement -> 'entries') as entry);
    cursor := statement ->> 'next_before';
    exit when cursor is null;
  end loop;
  select count(*), count(distinct id) into entries, distinct_entries from unnest(seen) as id;
  return next;
end $$;
select size, walk.* from generate_series(1, 9) as size, pg_temp.walk(size) as walk;

-- The same where instants are kept without a zone.
call signs_in(null);
alter table credit_transactions alter column created_at type timestamp;
call signs_in('Ann');
select size, walk.* from generate_series(1, 9, 4) as size, pg_temp.walk(size) as walk;
select day from json_array_elements(get_balance_history('2020-01-02', '2020-01-03') -> 'days') as day;
select * from pg_temp.told(get_credit_statement(p_from => '2020-01-02', p_to => '2020-01-03'));
rollback;
