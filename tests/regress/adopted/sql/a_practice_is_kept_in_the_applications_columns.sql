-- Whatever their types, and whatever else the application keeps in these rows.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table users alter location type varchar(80), drop specializations, add specializations text;
alter table practitioner_availability alter working_hours drop default, alter working_hours type json,
                                      alter timezone type varchar(40);
alter table cancellation_policies alter partial_refund_percent type integer, alter no_refund_hours set not null;
create type kind_of_event as enum ('appointment', 'block', 'unavailable');
alter table calendar_events alter event_type drop default, alter event_type type kind_of_event using event_type::kind_of_event;
set client_min_messages = warning;
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
update credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
\i regress/adopted/scratch_story.sql
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 200);
-- Ben's hours are in the older shape, with more beside them that is the application's business.
call signs_in('Ben');
select practice ->> 'timezone' as timezone, practice -> 'working_hours' -> 'tuesday' as tuesday, practice ->> 'unpublished_hours' as unpublished
  from get_my_practice() as practice;
select set_working_hours('{"monday": {"start": "10:00", "end": "12:00"}, "exceptions": {"2026-12-24": []}}', 'Europe/Paris') ->> 'success' as published;
select working_hours, timezone, default_duration_minutes from practitioner_availability where user_id = id('Ben');
select set_cancellation_policy(48, 24, 50) -> 'cancellation_policy' as policy;
select full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent, advance_notice_hours
  from cancellation_policies where practitioner_id = id('Ben');
select block_time(monday() + time '09:00', monday() + time '10:00') ->> 'title' as blocked;
select event_type, title, source from calendar_events where user_id = id('Ben') and title = 'Unavailable';
select set_practice_profile('Leeds', p_specializations => '{Knees,"Deep tissue"}');
select location, specializations from users where id = id('Ben');
select set_practice_profile(p_specializations => '{}') -> 'specializations' as none;
select specializations is null as is_null from users where id = id('Ben');
-- What its own tables refuse stays refused: a product has a price in money there, and a place is not that long.
select save_product(null, 'Massage', 60);
\echo :LAST_ERROR_SQLSTATE
select set_practice_profile(repeat('x', 81));
\echo :LAST_ERROR_SQLSTATE
rollback;
\i regress/adopted/scratch_end.sql
