-- What must not move: every row of every table that the extension knows. What the application writes down besides is its
-- own affair.
create function access.world() returns text
language plpgsql
set search_path = pg_catalog
as $$
declare
  host_table regclass;
  contents   text;
  world      text := '';
begin
  for host_table in
    select oid from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'
       and (relname in (select table_name from peer_exchange.host_tables()) or oid not in (select oid from access.relation_before))
     order by relname
  loop
    execute format('select string_agg(stored::text, '';'' order by stored::text) from %s as stored', host_table)
       into contents;
    world := world || host_table || ':' || md5(coalesce(contents, '')) || ' ';
  end loop;
  return world;
end $$;

-- Every test rolls back, so there is one world.
create table access.remembered as select access.world() as world;

create procedure access.nothing_happened()
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  former text := (select world from access.remembered);
begin
  assert access.world() = former, format('something was written: %s, before: %s', access.world(), former);
end $$;

-- What an application's own books left to be found before.
create table access.found_before as select * from peer_exchange.verify_ledger();

-- Whether credits came from nowhere or went there.
create procedure access.books_balance()
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  finding record;
begin
  for finding in select * from (select * from peer_exchange.verify_ledger() except table access.found_before) as found
                  where found.user_id between access.id('Ann') and access.id('Nobody') or found.session_id is not null loop
    raise exception 'the books are wrong: %', finding;
  end loop;
  assert (select sum(balance - owed) from public.credits
           where user_id between access.id('Ann') and access.id('Nobody')) = 3000,
         'credits were minted or lost';
end $$;

create function access.balance(person text) returns integer
language sql security definer
set search_path = pg_catalog
as $$
  select balance from public.credits where user_id = access.id(person)
$$;
