-- A second application, which settles its exchanges by itself; adopted like the first one, and told the same stories.
\ir ../../fixtures/supabase_roles.sql
\ir ../../fixtures/self_settling_app.sql

create extension peer_exchange cascade;
create temporary table announced as select * from peer_exchange.setup(true);
create temporary table reported as select * from peer_exchange.setup();

\ir ../story.sql
create table story.announced as select * from announced;
create table story.reported as select * from reported;
