-- Newest first: what each entry moved, what stood after it, with whom and for which session.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Cyd', 'Ann', '12:00', 30) -> 'success' as booked;
-- Ben spends what he has earned, and owes it.
select book('Ben', 'Cyd', '14:00', 50) -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;

-- Ids and instants differ from run to run; the entries of one day are here told without.
create function pg_temp.told(statement json) returns table (type text, credits integer, balance integer, owed integer,
  description text, counterpart text, session text)
language sql as $$
  select entry ->> 'transaction_type', (entry ->> 'credits')::integer, (entry ->> 'balance_after')::integer,
         (entry ->> 'owed_after')::integer, entry ->> 'description',
         story.who((entry -> 'counterpart' ->> 'user_id')::uuid) || ' alias ' || (entry -> 'counterpart' ->> 'name'),
         case when (entry -> 'session' ->> 'session_date')::date = story.monday()
              then format('%s, %s min, %s', entry -> 'session' ->> 'start_time', entry -> 'session' ->> 'duration_minutes',
                          entry -> 'session' ->> 'status') end
    from json_array_elements(statement -> 'entries') as entry
$$;

call signs_in('Ann');
select get_credit_statement()::jsonb - 'entries' as account;
select * from pg_temp.told(get_credit_statement());
call signs_in('Ben');
select get_credit_statement()::jsonb - 'entries' as account;
select * from pg_temp.told(get_credit_statement());
-- Who has never had a credit has an empty statement.
call signs_in('Eli');
select get_credit_statement();

-- The keys, in their order, and what names a row.
call signs_in('Ann');
select string_agg(key, ', ') as keys from json_object_keys(get_credit_statement()) as key;
select string_agg(key, ', ') as keys from json_object_keys(get_credit_statement() -> 'entries' -> 0) as key;
select string_agg(key, ', ') as keys from json_object_keys(get_credit_statement() -> 'entries' -> 0 -> 'counterpart') as key;
select string_agg(key, ', ') as keys from json_object_keys(get_credit_statement() -> 'entries' -> 0 -> 'session') as key;
select count(*) as entries, count(ledger.id) as of_the_ledger, count(session.id) as with_their_session
  from json_array_elements(get_credit_statement() -> 'entries') as entry
  left join credit_transactions as ledger
       on ledger.id = (entry ->> 'entry_id')::uuid and ledger.created_at = (entry ->> 'created_at')::timestamptz
  left join client_sessions as session
       on session.id = ledger.session_id and session.id = (entry -> 'session' ->> 'session_id')::uuid;

-- A person who has been deleted leaves her entries, and no name.
call signs_in(null);
delete from users where id = id('Cyd');
call signs_in('Ann');
select type, credits, counterpart, session from pg_temp.told(get_credit_statement());
rollback;

-- It works where nothing can be written.
begin;
call story.starts();
call give('Ann', 100);
call signs_in('Ann');
set transaction read only;
select get_credit_statement() ->> 'balance' as balance;
rollback;
