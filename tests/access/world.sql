-- The world that every test finds and leaves as it was.
\ir lib/readers.sql
\ir lib/people.sql
\ir lib/sessions.sql
\ir lib/books.sql
\ir lib/attempts.sql
\ir lib/allowed.sql
\ir lib/trials.sql
\ir lib/owner.sql
\ir lib/calls.sql
\ir lib/relations.sql
