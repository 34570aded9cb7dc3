-- Overloads that fit a call better than the function of pg_catalog does, in the schema of that name.
create function :"schema".format(text, text) returns text language sql as $$ select planted.trap('format/2') $$;
create function :"schema".format(text, name) returns text language sql as $$ select planted.trap('format/2n') $$;
create function :"schema".format(text, text, text) returns text language sql as $$ select planted.trap('format/3') $$;
create function :"schema".format(text, name, text) returns text language sql as $$ select planted.trap('format/3n') $$;
create function :"schema".quote_ident(name) returns text language sql as $$ select planted.trap('quote_ident') $$;
create function :"schema".to_regclass(unknown_name varchar) returns regclass language sql
  as $$ select planted.trap('to_regclass')::regclass $$;
create function :"schema".has_column(regclass, text) returns boolean language sql as $$ select planted.trap('has_column') = '' $$;
create function :"schema".pg_get_function_identity_arguments(integer) returns text language sql
  as $$ select planted.trap('identity_arguments') $$;
create function :"schema".trapped_equal(name, text) returns boolean language sql as $$ select planted.trap('name = text') = '' $$;
create operator :"schema".= (leftarg = name, rightarg = text, function = :"schema".trapped_equal);
create function :"schema".trapped_like(text, varchar) returns boolean language sql as $$ select planted.trap('text ~~ varchar') = '' $$;
create operator :"schema".~~ (leftarg = text, rightarg = varchar, function = :"schema".trapped_like);
