-- A backslash in a literal is another thing with standard_conforming_strings off. Functions with such literals fix the
-- setting; the others of ours, and the statements of the library, have none.
select own.id::regprocedure
  from peer_exchange.own_functions() as own
  join pg_proc as function on function.oid = own.id
  join pg_language as language on language.oid = function.prolang
 where language.lanname <> 'c'
   and position(E'\\' in regexp_replace(function.prosrc, 'E''[^'']*''', '', 'g')) > 0
   and 'standard_conforming_strings=on' <> all (coalesce(function.proconfig, '{}'))
 order by 1;
