begin;
call story.starts();
call give('Ann', 100);
delete from users where id in (id('Ben'), id('Cyd'));
select book('Ann', 'Ben') ->> 'error_code' as code;
select book('Cyd', 'Ann') ->> 'error_code' as code;
rollback;
