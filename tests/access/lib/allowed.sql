-- The table of what is allowed, as people read it, made into rows.
create table access.line (number integer generated always as identity, text text);
\copy access.line (text) from 'access/allowed.md' with (delimiter E'\x01')

-- The words between the bars, for lines of so many.
create function access.lines(width integer) returns table (number integer, words text[])
language sql stable
as $$
  select line.number, array(select btrim(word, ' `')
                              from unnest((string_to_array(line.text, '|'))[2 : width + 1])
                                   with ordinality as cut (word, position)
                             order by position)
    from access.line
   where line.text like '|%|'
     and line.text not like '|-%'
     and cardinality(string_to_array(line.text, '|')) = width + 2
     and line.text not like '| database |%'
$$;

create function access.database() returns text
language sql stable
as $$
  select case when to_regtype('public.session_status') is not null then 'adopted'
              when to_regtype('public.session_state') is not null then 'settling'
              else 'empty' end
$$;

-- What a monitoring login may besides what any login may.
create function access.is_for_readers(kind text, name text) returns boolean
language sql stable
as $$
  select exists (select from access.lines(3) as lines
                  where lines.words[2] = kind and name = any (string_to_array(lines.words[3], ', ')))
$$;

-- One row for every table, column, action and actor of this database.
create view access.allowed_action as
with cell as (
  select lines.number, words[2] as rows, words[3] as action, column_name, actor, allowed
    from access.lines(11) as lines
   cross join unnest(string_to_array(words[4], ', ')) as column_name
   cross join unnest(array['anon', 'Ann', 'Ben', 'Cyd', 'service_role', 'login', 'owner'], words[5:11])
         as cell (actor, allowed)
   where words[1] = 'both' or access.database() = any (string_to_array(words[1], ', ')))
select * from cell
union all
select number, rows, action, column_name, 'reader', allowed from cell where actor = 'login';

-- One row for every function or call and actor.
create view access.allowed_call as
with cell as (
  select lines.number, words[2] as schema, function_name, actor, allowed
    from access.lines(10) as lines
   cross join unnest(string_to_array(words[3], ', ')) as function_name
   cross join unnest(array['anon', 'Ann', 'Ben', 'Cyd', 'service_role', 'login', 'owner'], words[4:10])
         as cell (actor, allowed)
   where words[1] = 'both' or access.database() = any (string_to_array(words[1], ', ')))
select * from cell
union all
select number, schema, function_name, 'reader',
       case when schema = 'peer_exchange' and access.is_for_readers('calls', function_name) then 'yes' else allowed end
  from cell where actor = 'login';

-- One row for every table, sequence or view of the extension and actor.
create view access.allowed_relation as
with cell as (
  select lines.number, relation_name, actor, allowed
    from access.lines(9) as lines
   cross join unnest(string_to_array(words[2], ', ')) as relation_name
   cross join unnest(array['anon', 'Ann', 'Ben', 'Cyd', 'service_role', 'login', 'owner'], words[3:9])
         as cell (actor, allowed)
   where words[1] = 'both' or access.database() = any (string_to_array(words[1], ', ')))
select * from cell
union all
select number, relation_name, 'reader', case when access.is_for_readers('reads', relation_name) then 'reads' else allowed end
  from cell where actor = 'login';
