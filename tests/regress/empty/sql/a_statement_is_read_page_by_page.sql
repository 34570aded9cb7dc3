-- Whatever the size of the pages, together they are the whole, each entry once: those of one instant too.
begin;
call story.starts();
set local session_replication_role = replica;
-- 40 entries at 7 instants, and as many of somebody else's between them.
insert into credit_transactions (id, user_id, transaction_type, amount, balance_before, balance_after, description, created_at)
select gen_random_uuid(), id(person), 'bonus', 1, number - 1, number, number,
       timestamptz '2026-03-01 12:00+00' + number % 7 * interval '1 microsecond'
  from generate_series(1, 40) as number, unnest(array['Ann', 'Ben']) as person;
set local session_replication_role = origin;

create function pg_temp.pages(size integer) returns table (page integer, entries bigint, all_entries uuid[])
language plpgsql as $$
declare
  cursor    text;
  statement json;
begin
  page := 0;
  loop
    statement := get_credit_statement(p_limit => size, p_before => cursor);
    page := page + 1;
    select count(*), all_entries || array_agg((entry ->> 'entry_id')::uuid)
      into entries, all_entries
      from json_array_elements(statement -> 'entries') as entry;
    cursor := statement ->> 'next_before';
    exit when cursor is null;
  end loop;
  return next;
end $$;

call signs_in('Ann');
select size, page as pages, entries as on_the_last,
       all_entries = (select array_agg(id order by created_at desc, id desc) from credit_transactions where user_id = id('Ann')) as are_all_in_order
  from unnest(array[1, 2, 3, 7, 13, 20, 39, 40, 41, 200]) as size, pg_temp.pages(size);

-- What happens between two pages moves nothing from the one to the other.
create temporary table first_page as select get_credit_statement(p_limit => 10) as statement;
call signs_in(null);
call give('Ann', 5);
call signs_in('Ann');
select count(*) as entries, bool_and(position = 10 + number) as follow_the_first
  from first_page,
       json_array_elements(get_credit_statement(p_limit => 10, p_before => statement ->> 'next_before') -> 'entries')
         with ordinality as entry (entry, number)
  join (select id, row_number() over (order by created_at desc, id desc) as position
          from credit_transactions
         where user_id = id('Ann') and created_at < '2026-04-01') as ledger
       on ledger.id = (entry ->> 'entry_id')::uuid;
-- Another's cursor names a moment and shows nothing of hers.
select statement ->> 'next_before' as of_ann from first_page \gset
call signs_in('Ben');
select count(*) > 0 as shows_some, bool_and(user_id = id('Ben')) as are_bens
  from json_array_elements(get_credit_statement(p_before => :'of_ann') -> 'entries') as entry
  left join credit_transactions as ledger on ledger.id = (entry ->> 'entry_id')::uuid;
rollback;

-- However long the ledger, no more is read than the page and its neighbours of one instant.
begin;
call story.starts();
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, created_at)
select id('Ann'), 'bonus', 1, number - 1, number, timestamptz '2026-03-01 12:00+00' + number / 2 * interval '1 second'
  from generate_series(1, 20000) as number;
set local session_replication_role = origin;
analyze credit_transactions;
create function pg_temp.rows_read() returns bigint language sql as $$
  select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.credit_transactions'::regclass
$$;
create function pg_temp.read_for(cursor text) returns bigint
language plpgsql as $$
declare
  former bigint := pg_temp.rows_read();
begin
  perform get_credit_statement(p_from => '2026-03-01', p_limit => 50, p_before => cursor);
  return pg_temp.rows_read() - former;
end $$;
call signs_in('Ann');
-- More than five times, after which Postgres may choose another plan.
select get_credit_statement(p_limit => 200) ->> 'next_before' as cursor \gset
select bool_and(pg_temp.read_for(cursor) between 50 and 60) as reads_the_page_alone
  from (select case when number % 2 = 0 then :'cursor' end as cursor from generate_series(1, 20) as number) as page;
rollback;
