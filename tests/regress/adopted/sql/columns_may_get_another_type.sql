-- No trigger of ours is in the way of a migration.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
alter table client_sessions alter column duration_minutes type bigint, alter column session_date type date,
                            alter column start_time type time(0), alter column credit_cost type bigint;
alter table users alter column is_active type boolean, alter column first_name type varchar;
alter table credits alter column balance type bigint;
alter table notifications alter column read_at type timestamptz(0), alter column read type boolean;
select object, action, detail from peer_exchange.setup() where action not in ('unchanged', 'conflict');
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') ->> 'success' as booked;
update users set is_active = false where id = id('Ann');
select status, payment_status from sessions;
rollback;
\i regress/adopted/scratch_end.sql
