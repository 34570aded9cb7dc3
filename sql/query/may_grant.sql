-- $1 a function. Whether the current role may hand it on to others.
select pg_catalog.has_function_privilege($1, 'execute with grant option') as may_grant
