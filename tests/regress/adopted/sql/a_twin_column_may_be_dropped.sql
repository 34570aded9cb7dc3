-- An application takes an older column away, one day after the last code that read it. Nothing asks for it any more.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
\i regress/adopted/scratch_story.sql
alter table credits drop column current_balance;
alter table notifications drop column user_id cascade, drop column message, drop column metadata, drop column read;
begin;
call story.starts();
select book('Ann', 'Ben') ->> 'success' as booked;
call give('Cyd', 10);
update notifications set read_at = now();
update credits set balance = balance + 1;
rollback;
select object, action, detail from peer_exchange.setup() where object like 'trigger %' and action <> 'unchanged';
select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict');
begin;
call story.starts();
select book('Ann', 'Ben') ->> 'success' as booked;
rollback;
\i regress/adopted/scratch_end.sql
