-- Every entry is of exactly one kind; pages keep within what is asked for.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '12:00', 30) -> 'success' as booked;
select book('Ben', 'Ann', '14:00', 20) -> 'success' as booked;
select refund('Ann', 'Cyd') -> 'success' as refunded;
select ask('Ann', 'Ben', '16:00', 15) -> 'success' as asked;
call signs_in('Ann');
select refund('Ann', 'Ben', '16:00') -> 'success' as withdrawn;
call signs_in(null);
select peer_exchange.adjust_credits(id('Ann'), -5, 'Given twice') -> 'success' as adjusted;
set local session_replication_role = replica;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after)
values (id('Ann'), 'of the application''s own', 1, 0, 1), (id('Ann'), 'session_earning_reversal', 1, 1, 0);
set local session_replication_role = origin;

create function pg_temp.told(statement json) returns table (type text, credits integer, counterpart text) language sql as $$
  select entry ->> 'transaction_type', (entry ->> 'credits')::integer, story.who((entry -> 'counterpart' ->> 'user_id')::uuid)
    from json_array_elements(statement -> 'entries') as entry
$$;
call signs_in('Ann');
select kind, told.*
  from unnest(array['earned', 'spent', 'held', 'refunded', 'granted', 'adjusted']) with ordinality as asked (kind, position)
  left join lateral pg_temp.told(get_credit_statement(p_kind => kind)) as told on true
 order by position, type, credits;
-- Together they are all, and blank is all, too.
select sum(json_array_length(get_credit_statement(p_kind => kind) -> 'entries')) as by_kind,
       json_array_length(get_credit_statement() -> 'entries') as entries,
       json_array_length(get_credit_statement(p_kind => ' ') -> 'entries') as without_a_kind
  from unnest(array['earned', 'spent', 'held', 'refunded', 'granted', 'adjusted']) as kind;
-- With whom, whoever of the two gave; nobody is her own counterpart.
select who, told.*
  from unnest(array['Ben', 'Cyd', 'Dee', 'Nobody', 'Ann']) with ordinality as asked (who, position)
  left join lateral pg_temp.told(get_credit_statement(p_counterpart_id => id(who))) as told on true
 order by position, type, credits;
-- Both at once, within days, page by page.
select * from pg_temp.told(get_credit_statement(p_kind => 'spent', p_counterpart_id => id('Ben')));
select count(*) as entries from pg_temp.told(get_credit_statement('2020-01-01', '2020-01-02', p_kind => 'spent', p_counterpart_id => id('Ben')));
with first as (select get_credit_statement(p_limit => 3, p_counterpart_id => id('Ben')) as page),
     second as (select get_credit_statement(p_limit => 3, p_before => page ->> 'next_before', p_counterpart_id => id('Ben')) as page from first)
select json_array_length(first.page -> 'entries') as first, json_array_length(second.page -> 'entries') as second,
       second.page ->> 'next_before' is null as is_last,
       (select count(distinct entry ->> 'entry_id') from json_array_elements((first.page -> 'entries')::json) as entry) as of_the_first
  from first, second;
-- What one has does not depend on what is asked for.
select get_credit_statement(p_kind => 'granted')::jsonb - 'entries' = get_credit_statement()::jsonb - 'entries' as is_the_same_account;
rollback;

-- Of sessions that are gone nobody knows with whom they were.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from users where id = id('Ben');
call signs_in('Ann');
select json_array_length(get_credit_statement(p_counterpart_id => id('Ben')) -> 'entries') as with_ben,
       json_array_length(get_credit_statement(p_kind => 'refunded') -> 'entries') as given_back;
rollback;
