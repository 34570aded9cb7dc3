\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
\i regress/reader_of_figures.sql
rollback;
