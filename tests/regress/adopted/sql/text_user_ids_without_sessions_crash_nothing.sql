-- CREATE EXTENSION finds no table of sessions and touches nothing; whoever calls before setup() is told to run it, and
-- setup() names what stands in its way.
\i regress/adopted/scratch.sql
create table users (id text primary key, email text, first_name text, last_name text, user_role text, is_active boolean);
insert into users values ('7', 'ann@example.test', 'Ann', 'Archer', 'osteopath', true),
                         ('0101dead-beef-4dea-8dbe-efdeadbeefde', 'ben@example.test', 'Ben', 'Brook', 'osteopath', true);
set client_min_messages = warning;
create extension peer_exchange cascade;
\set VERBOSITY verbose
\set ON_ERROR_ROLLBACK on
begin;
set local request.jwt.claims = '{"sub": "0101dead-beef-4dea-8dbe-efdeadbeefde", "role": "authenticated"}';
set local role authenticated;
\set VERBOSITY sqlstate
select create_peer_booking('0101dead-beef-4dea-8dbe-efdeadbeefde', '0101dead-beef-4dea-8dbe-efdeadbeef00', current_date + 7, '10:00', 60, 'massage');
select process_peer_booking_refund('0101dead-beef-4dea-8dbe-efdeadbeefde');
select process_peer_booking_credits('0101dead-beef-4dea-8dbe-efdeadbeefde', '0101dead-beef-4dea-8dbe-efdeadbeef00', '0101dead-beef-4dea-8dbe-efdeadbeefde', 60);
select reschedule_peer_booking('0101dead-beef-4dea-8dbe-efdeadbeefde', current_date + 7, '10:00');
select get_practitioner_credit_cost('0101dead-beef-4dea-8dbe-efdeadbeefde', 60);
select quote_peer_booking('0101dead-beef-4dea-8dbe-efdeadbeefde', '0101dead-beef-4dea-8dbe-efdeadbeef00', current_date + 7, '10:00', 60, 'massage');
select get_available_slots('0101dead-beef-4dea-8dbe-efdeadbeefde', current_date, current_date);
select search_peer_practitioners();
select get_my_peer_sessions();
select get_credit_statement();
select get_balance_history();
select mark_notifications_read('{}');
rollback;
begin;
select peer_exchange.grant_credits('0101dead-beef-4dea-8dbe-efdeadbeefde', 5, 'Gift');
select peer_exchange.cancel_orphaned_sessions();
select peer_exchange.send_due_reminders();
select count(*) from peer_exchange.claim_notifications();
select count(*) from peer_exchange.verify_ledger();
rollback;
\set VERBOSITY default
select object, action, detail from peer_exchange.setup(true) order by 1;
select count(*) from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
