-- Constraints on balances and ledger; where existing rows stand in the way, a conflict that names them.

-- Balances and debts are never below zero; rows that are stand in the way.
create function peer_exchange.setup_credit_constraints() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  rule       record;
  step       peer_exchange.setup_step;
  violations bigint;
begin
  for rule in
    select * from (values ('credits_balance_not_negative', 'balance'),
                          ('credits_held_not_negative', 'held'),
                          ('credits_owed_not_negative', 'owed')) as rules (name, column_name)
  loop
    step := peer_exchange.step_towards(('constraint', 'credits', rule.name,
              format('alter table %%2$s add constraint %%1$I check (%I >= 0)', rule.column_name), null));
    violations := 0;
    if step.action <> 'unchanged' and peer_exchange.has_column(peer_exchange.host_table('credits'), rule.column_name) then
      return query execute format(
        'select ''balance of user '' || user_id, ''conflict'', ''%1$s is '' || %1$s || '', so constraint %2$s can''''t be '
        || 'added; set it right, with the adjustment row that verify_ledger() then lacks, and run setup() again'', null '
        || 'from public.credits where %1$s < 0 order by user_id', rule.column_name, rule.name);
      get diagnostics violations = row_count;
    end if;
    if violations = 0 then
      return next step;
    end if;
  end loop;
end $$;

comment on function peer_exchange.setup_credit_constraints() is
  'Steps of setup(): constraints on balances.';

-- Ledger rows outlive the person: a foreign key that would change or delete them goes.
create function peer_exchange.setup_ledger_foreign_keys() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('foreign key %I on public.credit_transactions', reference.conname), 'altered',
         'dropped: it would delete or change ledger rows with what they refer to',
         format('alter table public.credit_transactions drop constraint %I', reference.conname)
    from pg_constraint as reference
   where reference.conrelid = peer_exchange.host_table('credit_transactions')
     and reference.contype = 'f'
     and (reference.confdeltype in ('c', 'n', 'd') or reference.confupdtype in ('c', 'n', 'd'))
   order by reference.conname
$$;

comment on function peer_exchange.setup_ledger_foreign_keys() is
  'Steps of setup(): foreign keys that would not leave the ledger alone.';

-- Version 0.1.0 had this column filled with 12, which takes the refund away from whoever gives a part back until later.
create function peer_exchange.setup_refund_hours() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'column public.cancellation_policies.no_refund_hours', 'altered',
         'may be NULL, which means partial_refund_hours, and is so unless it is given; look at policies that say 12',
         'alter table public.cancellation_policies alter column no_refund_hours drop not null, '
         || 'alter column no_refund_hours drop default'
    from peer_exchange.former_meanings() as former
    join pg_attribute as made
         on made.attrelid = peer_exchange.host_table(former.table_name)
        and made.attname = former.column_name
        and made.attnotnull
   where former.table_name = 'cancellation_policies'
     and former.column_name = 'no_refund_hours'
     and col_description(made.attrelid, made.attnum) = former.meaning
$$;

comment on function peer_exchange.setup_refund_hours() is
  'Steps of setup(): a column of cancellation policies as a former version made it.';
