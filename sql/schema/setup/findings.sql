-- What stands in nobody's way, but somebody has to look at: rows that contradict each other, tables on which a promise of
-- ours does not hold, and doors of the application.

create function peer_exchange.setup_drifted_balances() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance') then
    return;
  end if;
  return query execute $drift$
    select 'balance of user ' || user_id, 'conflict',
           format('balance is %s and its twin current_balance is %s; balance is what counts here: look which is right, '
                  || 'then UPDATE public.credits SET balance = ... WHERE user_id = %L, which sets both',
                  balance, current_balance, user_id),
           null::text
      from public.credits
     where balance is distinct from current_balance
     order by user_id
  $drift$;
end $$;

comment on function peer_exchange.setup_drifted_balances() is
  'Rows of setup() about balances that have drifted apart from their twin column.';

-- Of two that are kept equal a new row has to say the same: nobody can tell a default from what somebody has written.
create function peer_exchange.setup_twin_default() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'column public.credits.current_balance', 'conflict',
         format('its default is %s, and an account begins with 0: none can be opened for who is to be paid or to be given credits; '
                || 'ALTER TABLE public.credits ALTER COLUMN current_balance SET DEFAULT 0, and have newcomers given theirs '
                || 'by peer_exchange.grant_credits()', given.credits),
         null
    from pg_attribute as twin
    join pg_type as type on type.oid = twin.atttypid
    left join pg_attrdef as written on written.adrelid = twin.attrelid and written.adnum = twin.attnum
   cross join lateral (select coalesce(pg_get_expr(written.adbin, written.adrelid), type.typdefault)) as given (credits)
   where twin.attrelid = peer_exchange.host_table('credits')
     and twin.attname = 'current_balance'
     and not twin.attisdropped
     and twin.attgenerated = ''
     and given.credits !~ '^[('']*(0([.]0*)?|NULL)['')]*(::.*)?$'
$$;

comment on function peer_exchange.setup_twin_default() is
  'Rows of setup() about a twin column whose default is not what an account begins with.';

create function peer_exchange.setup_narrow_columns() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', class.relname, narrow.attname), 'conflict',
         format('it is an integer, and credits.balance a bigint: who has more than 2147483647 can neither book, be booked nor be granted '
                || 'credits, and what comes back to her is not told whole; ALTER TABLE public.%I ALTER COLUMN %I TYPE bigint',
                class.relname, narrow.attname),
         null
    from pg_class as class
    join pg_attribute as narrow on narrow.attrelid = class.oid and narrow.attnum > 0 and not narrow.attisdropped
    join lateral peer_exchange.base_type(narrow.atttypid, narrow.atttypmod) as base on base.type = 'integer'::regtype
   where peer_exchange.keeps_accounts_in_bigint()
     and class.oid in (peer_exchange.host_table('credits'), peer_exchange.host_table('credit_transactions'))
     and (narrow.attname = 'current_balance'
          or exists (select from peer_exchange.host_columns() as host
                      where host.table_name = class.relname and host.column_name = narrow.attname))
   order by class.relname, narrow.attname
$$;

comment on function peer_exchange.setup_narrow_columns() is
  'Rows of setup() about columns that are smaller than the balances of the application.';

create function peer_exchange.setup_unsound_tables() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with present as (
    select class.oid::regclass as id, class.relpersistence
      from peer_exchange.host_tables() as host (name, meaning)
      join pg_class as class on class.oid = peer_exchange.host_table(host.name)
  )
  select ('table ' || id) collate "C", 'conflict',
         format('it is UNLOGGED: a crash empties it, and no standby has its rows; ALTER TABLE %s SET LOGGED', id), null
    from present
   where relpersistence = 'u'
  union all
  select 'table ' || link.inhrelid::regclass, 'conflict',
         format('it inherits from %1$s, and what guards the one does not guard what is written to the other; '
                || 'ALTER TABLE %2$s NO INHERIT %1$s', link.inhparent::regclass, link.inhrelid::regclass), null
    from pg_inherits as link
   where link.inhparent in (select id from present) or link.inhrelid in (select id from present)
  union all
  select 'rule ' || rule.name || ' on public.' || rule.table_name, 'conflict', rule.cure, null
    from peer_exchange.rules_in_the_way() as rule
   where not rule.is_in_the_way_of_credits
  union all
  select 'table ' || id, 'conflict',
         format('nothing says that no two of its rows have the same id; ALTER TABLE %s ADD PRIMARY KEY (id)', id), null
    from present
   where peer_exchange.has_column(id, 'id')
     and exists (select from peer_exchange.host_columns() as host
                  where peer_exchange.host_table(host.table_name) = id and host.column_name = 'id')
     and not peer_exchange.has_index(id, array['id'], true)
   order by 1
$$;

comment on function peer_exchange.setup_unsound_tables() is
  'Rows of setup() about tables that lose rows in a crash, have rows that are not guarded, or have no key.';

-- Triggers fire in the order of their names, byte by byte.
create function peer_exchange.setup_later_triggers() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('trigger %s on public.client_sessions', later.tgname), 'conflict',
         format('it fires after the triggers that derive the time and the payment of a session, and what it changes of them is '
                || 'refused or goes unseen; ALTER TRIGGER %I ON public.client_sessions RENAME TO ... a name before zzzz_peer_exchange',
                later.tgname), null
    from pg_trigger as later
   where later.tgrelid = peer_exchange.host_table('client_sessions')
     and not later.tgisinternal
     and later.tgtype & 3 = 3
     and later.tgname::text collate "C" > 'zzzz_peer_exchange'
     and later.tgfoid not in (select own.id from peer_exchange.own_functions() as own)
   order by later.tgname
$$;

comment on function peer_exchange.setup_later_triggers() is
  'Rows of setup() about triggers of the application that fire after ours before a session is stored.';

-- What becomes of a payment is written by a trigger of ours before the row is stored, so that triggers which keep people from
-- writing those columns don't see it. Whatever fires afterwards does. One for certain columns fires only where a statement
-- names one of them, which ours never do with those of the payment.
create function peer_exchange.setup_late_defences() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('trigger %s on public.client_sessions', late.tgname), 'conflict',
         'it fires once a session is stored, where it sees what a booking, a charge or a cancellation makes of the payment, and '
         || 'may raise; where it means the people of the session, it keeps them from all three: have it fire before, where it '
         || 'sees none of this',
         null
    from pg_trigger as late
    join peer_exchange.application_functions() as routine on routine.id = late.tgfoid
   where late.tgrelid = peer_exchange.host_table('client_sessions')
     and not late.tgisinternal
     and late.tgenabled <> 'D'
     -- After INSERT or UPDATE.
     and late.tgtype & 2 = 0
     and late.tgtype & 20 <> 0
     and (cardinality(late.tgattr::int2[]) = 0
          or late.tgtype & 4 <> 0
          or exists (select from pg_attribute as named
                      where named.attrelid = late.tgrelid
                        and named.attnum = any (late.tgattr::int2[])
                        and named.attname in ('status', 'cancelled_by', 'cancelled_at', 'cancellation_reason',
                                              'session_date', 'start_time', 'duration_minutes', 'occupied_during')))
     and (routine.body collate "C" ~* '\m(payment_status|credit_cost)\M'
          or pg_get_triggerdef(late.oid) collate "C" ~* '\mwhen\M.*\m(payment_status|credit_cost)\M')
     and routine.body collate "C" ~* peer_exchange.raising()
   order by late.tgname
$$;

comment on function peer_exchange.setup_late_defences() is
  'Rows of setup() about triggers of the application that see what our functions make of a payment, and may turn it down.';

-- What our functions write they write as the owner, but the claims are still those of the person who calls. A trigger that
-- defends balances or ledger by who has signed in, and not by the role that writes, turns down what our functions do for her.
create function peer_exchange.setup_defences_by_claims() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('trigger %s on public.%s', defence.tgname, kept.table_name), 'conflict',
         format('it asks who has signed in, and may turn down or undo what a booking, a charge or a cancellation of theirs writes; '
                || 'people have no privilege to write this table any more, so DROP TRIGGER %1$I ON public.%2$I, or have it ask for '
                || 'current_user, which is %3$s in our functions and the role of whoever writes elsewhere',
                defence.tgname, kept.table_name, class.relowner::regrole),
         null
    -- Bits of INSERT and UPDATE: entries are never changed.
    from (values ('credits', 20), ('credit_transactions', 4)) as kept (table_name, events)
    join pg_class as class on class.oid = peer_exchange.host_table(kept.table_name)
    join pg_trigger as defence on defence.tgrelid = class.oid
   cross join lateral (
         select string_agg(reached.body, ' ') || pg_get_triggerdef(defence.oid) as said
           from peer_exchange.functions_in_reach(defence.tgfoid) as reached) as all_that
   where not defence.tgisinternal
     and defence.tgenabled <> 'D'
     and defence.tgtype & kept.events <> 0
     and all_that.said collate "C" ~* '(request\.jwt|\mauth\M"?\s*\.\s*"?(uid|role|jwt|email)\M|\msession_user\M|current_setting\s*\(\s*''role'')'
     and all_that.said collate "C" !~* '\m(current_user|current_role)\M'
     and (all_that.said collate "C" ~* peer_exchange.raising()
          -- What fires before can do so without a word.
          or (defence.tgtype & 2 <> 0 and all_that.said collate "C" ~* '\mreturn\s+(null|old)\M|\mnew\.\w*balance\s*:?='))
   order by kept.table_name collate "C", defence.tgname
$$;

comment on function peer_exchange.setup_defences_by_claims() is
  'Rows of setup() about triggers of the application that keep people from what our functions do for them.';

create function peer_exchange.setup_findings() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with writing as materialized (select array(select peer_exchange.functions_that_write_credits()) as ids)
  select * from peer_exchange.setup_drifted_balances()
  union all
  select * from peer_exchange.setup_twin_default()
  union all
  select * from peer_exchange.setup_narrow_columns()
  union all
  select * from peer_exchange.setup_unsound_tables()
  union all
  select * from peer_exchange.setup_callers_of_legacy_functions()
  union all
  select * from peer_exchange.setup_later_triggers()
  union all
  select * from peer_exchange.setup_late_defences()
  union all
  select * from peer_exchange.setup_defences_by_claims()
  union all
  select * from peer_exchange.setup_trigger_functions()
  union all
  select open.* from writing cross join lateral peer_exchange.setup_open_functions(writing.ids) as open
  union all
  select * from peer_exchange.setup_open_views()
  union all
  select open.* from writing cross join lateral peer_exchange.setup_open_tables(writing.ids) as open
  union all
  select * from peer_exchange.setup_tables_in_reach()
$$;

comment on function peer_exchange.setup_findings() is
  'Rows of setup() about what it leaves as it is and somebody has to look at.';
