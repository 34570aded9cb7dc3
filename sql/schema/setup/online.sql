-- What setup() does in one transaction, done in many while the application goes on. Each step waits for a lock for no
-- longer than a moment, holds one table for no longer than a definition takes, and can be repeated. So nobody waits
-- for long, and nobody is killed, whichever order the application locks in.

create function peer_exchange.deadlock_milliseconds() returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (extract(epoch from current_setting('deadlock_timeout')::interval) * 1000)::integer
$$;

comment on function peer_exchange.deadlock_milliseconds() is
  'How long a lock is waited for until Postgres looks for deadlocks.';

-- Others wait behind us. In the end for a little longer than until Postgres looks for deadlocks: only then does an
-- autovacuum give way, which may have a large table for hours. Then for a moment again, so that whoever waits behind us
-- is not kept waiting for long every time.
create function peer_exchange.next_patience(p_milliseconds integer) returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_milliseconds < longest.milliseconds then least(p_milliseconds * 2, longest.milliseconds) else 100 end
    from least(peer_exchange.deadlock_milliseconds() + 200, 1500) as longest (milliseconds)
$$;

comment on function peer_exchange.next_patience(integer) is
  'How long a step waits for its table after it has waited for so long in vain.';

create function peer_exchange.carry_out(p_table_name text, p_statements text[], p_patience_milliseconds integer) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  statement text;
begin
  perform peer_exchange.adopt_in_turn();
  perform set_config('lock_timeout', p_patience_milliseconds::text, true);
  if p_table_name is not null then
    execute format('lock table public.%I in access exclusive mode', p_table_name);
    -- Whoever holds a lock already should not wait for another until Postgres looks for deadlocks.
    perform set_config('lock_timeout', least(p_patience_milliseconds, peer_exchange.deadlock_milliseconds() * 4 / 5)::text, true);
  end if;
  foreach statement in array p_statements loop
    execute statement;
  end loop;
end $$;

comment on function peer_exchange.carry_out(text, text[], integer) is
  'Carries out statements with one table locked from the first to the last; 55P03 where somebody else has it for longer.';

-- Without a search_path of its own, since it ends transactions: it names everything in full.
create procedure peer_exchange.adopt(p_table_name text, p_statements text[])
language plpgsql
as $$
declare
  patience_milliseconds integer := 100;
begin
  loop
    -- In a transaction that sees what others commit while it waits, whatever this session begins them as.
    commit;
    set transaction isolation level read committed;
    begin
      perform peer_exchange.carry_out(p_table_name, p_statements, patience_milliseconds);
      patience_milliseconds := null;
    exception when lock_not_available then
      -- Whoever has it goes on first.
      patience_milliseconds := peer_exchange.next_patience(patience_milliseconds);
    end;
    commit;
    exit when patience_milliseconds is null;
    perform pg_catalog.pg_sleep(0.3);
  end loop;
end $$;

comment on procedure peer_exchange.adopt(text, text[]) is
  'A step of adoption_script(): carries out statements at once, as soon as a table is free.';

create procedure peer_exchange.adopt_session_times(p_were_guarded boolean)
language plpgsql
as $$
declare
  -- So many hold some thousand sessions at most, which is done within a fraction of a second.
  step   constant bigint := 64;
  blocks constant bigint := pg_catalog.pg_relation_size('public.client_sessions')
                            / pg_catalog.current_setting('block_size')::bigint;
  first  bigint := 0;
begin
  while first <= blocks loop
    call peer_exchange.adopt(null, array[pg_catalog.format(
      'select peer_exchange.refresh_occupancy(%s, %s, %L)', first, first + step, p_were_guarded)]);
    first := first + step;
  end loop;
  -- What somebody else was writing meanwhile.
  call peer_exchange.adopt(null, array[pg_catalog.format(
    'select peer_exchange.refresh_occupancy(p_were_guarded => %L)', p_were_guarded)]);
end $$;

comment on procedure peer_exchange.adopt_session_times(boolean) is
  'A step of adoption_script(): derives the time of all sessions by and by.';

create function peer_exchange.have_sessions_times() returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('client_sessions'), 'occupied_during') then
    return false;
  end if;
  return exists (select from public.client_sessions where occupied_during is not null);
end $$;

comment on function peer_exchange.have_sessions_times() is
  'Whether the time of any session has been derived already.';

-- Sessions get their times behind the triggers that derive them, so that none is missed, and before all other guards,
-- without which no RPC writes: nobody books over a session whose time is not derived yet.
create function peer_exchange.adoption_stage(p_step peer_exchange.setup_step) returns integer
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select case
           when p_step.statement ~ 'validate constraint' then 2
           when p_step.object like 'index %' then 3
           -- Of a column that is new, the index holds nothing.
           when p_step.object = 'constraint client_sessions_no_overlap on public.client_sessions' and p_step.action = 'created'
           then case when peer_exchange.have_sessions_times() then 6 else 3 end
           when p_step.object ~ '^trigger .*_(keep|check)_time on' then 4
           when p_step.object = 'rows of public.client_sessions' then 5
           when p_step.object ~ '^(trigger|policy|row-level security|privileges) .*public\.' then 7
           when p_step.object ~ '^(table|column|value|constraint|foreign key) ' then 1
           else 8
         end
$$;

comment on function peer_exchange.adoption_stage(peer_exchange.setup_step) is
  'When a step of setup() is due in an adoption by steps.';

-- The table that a step locks, if it is there already.
create function peer_exchange.table_of_step(p_step peer_exchange.setup_step) returns text
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select host.table_name
    from peer_exchange.host_tables() as host
   where p_step.statement ~ format('\m(table|on) public\.%s\M', host.table_name)
     and p_step.statement !~ 'validate constraint'
     and peer_exchange.host_table(host.table_name) is not null
   limit 1
$$;

comment on function peer_exchange.table_of_step(peer_exchange.setup_step) is
  'The table that a step of setup() alters.';

-- Postgres would read the whole table for it, while nobody else may. Here it is known to hold nothing.
create function peer_exchange.exclude_overlaps() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
begin
  if peer_exchange.have_sessions_times() then
    raise object_not_in_prerequisite_state using
      message = 'sessions have times already',
      hint    = 'Run the statements of peer_exchange.adoption_script() anew.';
  end if;
  alter index public.client_sessions_to_exclude rename to client_sessions_no_overlap;
  perform peer_exchange.exclude_by_index('public.client_sessions_no_overlap'::regclass, 'client_sessions_no_overlap',
            array['=(uuid,uuid)', '&&(anyrange,anyrange)']::regoperator[]::oid[]);
  update pg_index set indisexclusion = true where indexrelid = 'public.client_sessions_no_overlap'::regclass;
  comment on constraint client_sessions_no_overlap on public.client_sessions
    is 'No two active sessions of one practitioner at the same time.';
end $$;

comment on function peer_exchange.exclude_overlaps() is
  'A step of adoption_script(): makes the constraint that keeps sessions apart of an index that holds none yet.';

create function peer_exchange.concurrent_indexes(p_step peer_exchange.setup_step)
returns table (statement text, part integer)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with wanted as (
    select * from peer_exchange.wanted_indexes() union all select * from peer_exchange.wanted_figure_indexes()
  )
  select 'drop index concurrently ' || substr(p_step.object, length('index ') + 1), 1
   where p_step.action = 'altered'
  union all
  select made.statement, made.part
    from wanted
   cross join lateral (values
         (2, regexp_replace(format(peer_exchange.creation_of_index(wanted), wanted.name, 'public.' || wanted.table_name),
                            '^create (unique )?index', '\& concurrently')),
         (3, format('comment on index public.%I is %L', wanted.name, wanted.meaning))) as made (part, statement)
   where p_step.object = 'index public.' || wanted.name
  union all
  select step.statement, step.part
    from (values
      ('drop index concurrently if exists public.client_sessions_to_exclude', 1),
      ('create index concurrently client_sessions_to_exclude on public.client_sessions '
       || 'using gist (therapist_id, occupied_during) where occupied_during is not null', 2),
      ('call peer_exchange.adopt(''client_sessions'', array[''select peer_exchange.exclude_overlaps()''])', 3)
    ) as step (statement, part)
   where p_step.object like 'constraint %'
$$;

comment on function peer_exchange.concurrent_indexes(peer_exchange.setup_step) is
  'The statements that make an index anew while its table is written.';

create function peer_exchange.adoption_script() returns table (statement text)
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
begin
  perform peer_exchange.refuse_obstacles();
  perform peer_exchange.adopt_in_turn();
  return query
  with step as (
    select planned.position, peer_exchange.adoption_stage(planned.step) as stage,
           peer_exchange.table_of_step(planned.step) as table_name, planned.step
      from unnest(array(select planned from peer_exchange.setup_steps() as planned)) with ordinality
           as listed (object, action, detail, statement, position)
     cross join lateral (select (listed.object, listed.action, listed.detail, listed.statement)::peer_exchange.setup_step,
                                listed.position) as planned (step, position)
     where listed.statement is not null
  ), line as (
    select 0 as stage, null::boolean as is_last, 0 as position, 0 as part,
           'call peer_exchange.adopt(null, array[''select peer_exchange.open_to_owner()''])' as statement
     where peer_exchange.host_owner() is not null and exists (select from step)
    union all
    -- Whoever finds one of a table's guards finds all of them; and those of sessions come last, since they open the RPCs.
    select step.stage, step.stage = 7 and step.table_name is not distinct from 'client_sessions', min(step.position), 0,
           format('call peer_exchange.adopt(%L, array[%s])', step.table_name,
                  string_agg(quote_literal((step.step).statement), ', ' order by step.position))
      from step
     where step.stage not in (3, 5)
     group by step.stage, step.table_name
    union all
    select step.stage, null, step.position, made.part, made.statement
      from step
     cross join lateral peer_exchange.concurrent_indexes(step.step) as made
     where step.stage = 3
    union all
    select step.stage, null, step.position, 0,
           format('call peer_exchange.adopt_session_times(%L)', peer_exchange.are_sessions_guarded())
      from step
     where step.stage = 5
  )
  select line.statement from line order by line.stage, line.is_last nulls first, line.position, line.part;
end $$;

comment on function peer_exchange.adoption_script() is
  E'What setup() would do, as statements to be run one after the other, each in transactions of its own: SELECT statement FROM peer_exchange.adoption_script() \\gexec. Afterwards setup() has nothing left to do. For an administrator.';
