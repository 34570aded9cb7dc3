-- An application that grew before the extension.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/existing_app.sql
