-- A second application that grew before the extension, with all its habits.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/self_settling_app.sql
