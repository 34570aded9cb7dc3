-- An application that writes its audit by CREATE RULE.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create table session_audit (what text);
grant insert on session_audit to public;
create rule audit_made as on insert to client_sessions do also insert into session_audit values ('made');
create rule audit_changed as on update to client_sessions do also insert into session_audit values ('changed');
create rule audit_opened as on insert to credits do also insert into session_audit values ('account opened');
create rule audit_told as on insert to notifications do also insert into session_audit values ('told');
-- Of these Postgres would run no statement of ours.
create rule audit_moved as on update to credits do also insert into session_audit values ('moved');
create rule audit_entry as on insert to credit_transactions do also insert into session_audit values ('entry');
create rule audit_delivery as on update to notifications do also insert into session_audit values ('delivered');
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
drop rule audit_moved on credits;
drop rule audit_entry on credit_transactions;
select object, detail from peer_exchange.setup() where object like 'rule %';
update credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
call give('Cyd', 100);
select book('Cyd', 'Ann') -> 'success' as booked;
select ask('Cyd', 'Ann', '14:00', 30) -> 'success' as asked;
select accept('Cyd', 'Ann', '14:00') -> 'success' as accepted;
select refund('Cyd', 'Ann', '10:00') -> 'success' as refunded;
select what, count(*) > 0 as was_written from session_audit group by what order by what;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
