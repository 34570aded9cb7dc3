-- The same of an application whose tables belong to a plain owner.
\ir ../regress/adopted/prepare.sql
begin;
call story.starts();
update credits set balance = balance + 200 where user_id = id('Ann');
select book('Ann', 'Ben') -> 'success' as booked;
call inserts('Ann', 'Cyd', '12:00');
commit;
