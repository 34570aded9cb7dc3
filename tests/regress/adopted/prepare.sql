-- An application that grew before us, adopted as an administrator would: what a dry run announces
-- and what the run reports are kept for the tests.
\ir ../../fixtures/supabase_roles.sql
\ir ../../fixtures/existing_app.sql

create extension peer_exchange cascade;
create temporary table announced as select * from peer_exchange.setup(true);
create temporary table reported as select * from peer_exchange.setup();

\ir ../story.sql
create table story.announced as select * from announced;
create table story.reported as select * from reported;
