-- A monitoring login: the extension has made the role that it is a member of.
do $$
begin
  if not exists (select from pg_roles where rolname = 'access_reader') then
    create role access_reader login in role peer_exchange_figures;
  end if;
end $$;
