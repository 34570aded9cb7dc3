-- Columns of a type that an extension brings, in a schema that is on nobody's path; where the server lacks that
-- extension, a domain stands for it.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create schema extensions;
select exists (select from pg_available_extensions where name = 'citext') as has_citext \gset
\if :has_citext
create extension citext schema extensions;
\else
create domain extensions.citext as text;
\endif
alter table users alter email type extensions.citext, alter first_name type extensions.citext, alter last_name type extensions.citext;
alter table client_sessions alter client_name type extensions.citext, alter client_email type extensions.citext,
                            alter notes type extensions.citext, alter idempotency_key type extensions.citext,
                            alter cancellation_reason type extensions.citext;
alter table notifications alter title type extensions.citext, alter body type extensions.citext;
alter table practitioner_availability alter timezone type extensions.citext;
set client_min_messages = warning;
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
update credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben', '10:00', key => 'Once') -> 'success' as booked;
select book('Ann', 'Ben', '10:00', key => 'Once') -> 'replayed' as replayed;
select client_name, client_email from client_sessions where is_peer_booking;
select refund('Ann', 'Ben') -> 'success' as refunded;
select search_peer_practitioners('brook') -> 'practitioners' -> 0 ->> 'name' as found;
select count(*) as told from messages;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
