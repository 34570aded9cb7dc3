\set ECHO none
\i regress/story.sql
\set ECHO all
