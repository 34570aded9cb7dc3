-- Before anything else: what this needs of the database. Texts are folded as Unicode has it, and the library reads them as
-- UTF-8, which a database of another encoding does not promise.
do $$
begin
  if pg_catalog.getdatabaseencoding() operator(pg_catalog.<>) 'UTF8' then
    raise feature_not_supported using
      message = pg_catalog.format('peer_exchange needs a database of encoding UTF8, and this one is of %s',
                                  pg_catalog.getdatabaseencoding()),
      hint    = 'An encoding can''t be changed: make a database with ENCODING ''UTF8'' TEMPLATE template0, and restore a dump of this one there.';
  end if;
end $$;
