begin;
call story.starts();
call give('Ann', 59);
select world() as before \gset
select code from (values
  (1, ask('Ann', 'Ann') ->> 'error_code'),
  (2, ask('Nobody', 'Ben') ->> 'error_code'),
  (3, ask('Ann', 'Nobody') ->> 'error_code'),
  (4, ask('Ann', 'Ben', minutes => 481) ->> 'error_code'),
  (5, ask('Ann', 'Ben', day => date '2020-01-06') ->> 'error_code'),
  (6, ask('Ann', 'Ben') ->> 'error_code')) as asked (number, code)
 order by number;
select world() = :'before' as nothing_was_written;
select rpc, code from refusals() order by 1, 2;
rollback;
