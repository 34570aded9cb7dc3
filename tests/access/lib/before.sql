-- What there is before the extension: findings of the linter; and relations and functions of the application's, of which
-- the extension knows nothing.
create table access.findings_before as select finding from access.findings();
create table access.relation_before as
select oid from pg_class where relnamespace = 'public'::regnamespace;
create table access.function_before as
select oid from pg_proc where pronamespace = 'public'::regnamespace;
-- What its own triggers say where our guards would be asked after them.
create table access.refusal_of_the_application (message text);
grant select on access.refusal_of_the_application to public;
