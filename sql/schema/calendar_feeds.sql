-- Feeds: all of a person's sessions at an address that her calendar asks again and again. Calendars don't sign in, so whoever
-- knows the secret in the address reads them; of it nothing is kept but a digest.

-- What is returned in this domain PostgREST sends as it is, whatever media type was asked for: calendars ask for any, or for none.
create domain peer_exchange."*/*" as text;

comment on domain peer_exchange."*/*" is 'What PostgREST sends as it is.';

-- Of the extension, so that nobody reads or writes it but the functions beside; a dump keeps the rows.
create table peer_exchange.calendar_feeds (
  person_id  uuid        primary key,
  digest     bytea       not null unique,
  created_at timestamptz not null default pg_catalog.now()
);

comment on table peer_exchange.calendar_feeds is 'The feeds of those people who have made one.';
comment on column peer_exchange.calendar_feeds.digest is 'SHA-256 of the secret by which it is read.';
comment on column peer_exchange.calendar_feeds.created_at is 'When it was made, or made anew.';

select pg_catalog.pg_extension_config_dump('peer_exchange.calendar_feeds', '');

-- What is looked for is the digest: how long that takes says nothing of any secret. PostgREST answers this SQLSTATE as 404.
create function peer_exchange.get_calendar_feed(p_secret text) returns peer_exchange."*/*"
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  feed text := peer_exchange.calendar_feed(p_secret);
begin
  if feed is null then
    raise sqlstate 'PT404' using
      message = 'there is no such calendar feed',
      hint    = 'It may have been revoked, or made anew under another address.';
  end if;
  -- Whatever else the application has it send stays.
  perform set_config('response.headers',
                     (coalesce(nullif(current_setting('response.headers', true), ''), '[]')::jsonb
                      || '[{"Content-Type": "text/calendar; charset=utf-8"}]')::text, true);
  return feed;
end $$;

comment on function peer_exchange.get_calendar_feed(text) is
  'The peer sessions of whoever made the feed of this secret, from ninety days back on, as an iCalendar object; PT404, which PostgREST answers as 404, where there is no such feed.';

-- Whether somebody who has not signed in reads feeds is what an administrator has granted, so a dump keeps it.
create function peer_exchange.are_calendar_feeds_open() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_proc as routine
                  cross join aclexplode(routine.proacl) as acl
                   join pg_roles as role on role.oid = acl.grantee
                  where routine.oid = 'peer_exchange.get_calendar_feed(text)'::regprocedure
                    and role.rolname = 'anon')
$$;

comment on function peer_exchange.are_calendar_feeds_open() is
  'Whether feeds are read without signing in.';

-- The one of the same name in public is among them where it is ours.
create function peer_exchange.feed_functions() returns setof regprocedure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select own.id
    from peer_exchange.own_functions() as own
   where own.id in (to_regprocedure('public.get_calendar_feed(text)'), 'peer_exchange.get_calendar_feed(text)'::regprocedure,
                    'peer_exchange.calendar_feed(text)'::regprocedure)
$$;

comment on function peer_exchange.feed_functions() is
  'The functions by which feeds are read.';

-- To grant or revoke what one has no right to is a warning of Postgres' and nothing else; whoever closes feeds has to know. So
-- both functions look at what came of it.
create function peer_exchange.open_calendar_feeds() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regrole('anon') is null then
    raise object_not_in_prerequisite_state using
      message = 'there is no role anon',
      hint    = 'Create the role that PostgREST takes for those who have not signed in.';
  end if;
  grant usage on schema peer_exchange to anon;
  execute (select format('grant execute on function %s to anon', string_agg(id::text, ', ')) from peer_exchange.feed_functions() as id);
  if not peer_exchange.are_calendar_feeds_open() then
    raise insufficient_privilege using
      message = 'calendar feeds are as closed as before',
      hint    = 'Only the owner of the extension, or a superuser, opens them.';
  end if;
end $$;

comment on function peer_exchange.open_calendar_feeds() is
  'Lets whoever knows the address of a feed read it without signing in, as calendars do. For an administrator.';

create function peer_exchange.close_calendar_feeds() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regrole('anon') is null then
    return;
  end if;
  revoke usage on schema peer_exchange from anon;
  execute (select format('revoke execute on function %s from anon', string_agg(id::text, ', ')) from peer_exchange.feed_functions() as id);
  if peer_exchange.are_calendar_feeds_open() then
    raise insufficient_privilege using
      message = 'calendar feeds are as open as before',
      hint    = 'Only the owner of the extension, or a superuser, closes them.';
  end if;
end $$;

comment on function peer_exchange.close_calendar_feeds() is
  'Takes back what open_calendar_feeds() has granted. For an administrator.';

-- The default privileges of a database may have opened it; from here on, it is open to whom somebody opens it.
do $$
begin
  perform peer_exchange.close_calendar_feeds();
end $$;
