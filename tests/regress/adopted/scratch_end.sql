\set ECHO none
\c :home
drop database scratch;
\set ECHO all
