-- A project whose application settles its exchanges by itself.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/self_settling_app.sql
\ir lib/actors.sql
\ir lib/linter.sql
\ir lib/before.sql
insert into access.refusal_of_the_application
values ('payments are entered by the practice'), ('there must be a gap between two sessions'),
       -- What somebody shadows by a table of her own, they find as she does.
       ('column other.session_date does not exist');
-- The sessions of the tests are one right after the other; and an update that changes nothing is to change nothing.
alter table public.practitioner_availability alter column gap_minutes set default 0;
alter table public.client_sessions disable trigger touch;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir world.sql
