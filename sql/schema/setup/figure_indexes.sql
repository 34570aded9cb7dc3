-- Indexes for the figures. A booking pays next to nothing for them: block ranges are told apart by the time
-- at which rows were written, which is the order in which they lie, and the third holds cancelled sessions
-- alone.
create function peer_exchange.setup_figure_indexes() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'index public.' || wanted.name,
         case when is_there.already then 'unchanged' else 'created' end,
         case when not is_there.already then wanted.meaning end,
         case when not is_there.already
              then format('create index %I on public.%I %s; comment on index public.%1$I is %4$L', wanted.name,
                          wanted.table_name, wanted.definition, wanted.meaning) end
    from (values
      ('credit_transactions_created_idx', 'credit_transactions', 'created_at', 'using brin (created_at)', false,
       'Figures: the ledger of some days.'),
      ('notifications_created_idx', 'notifications', 'created_at', 'using brin (created_at)', false,
       'Figures: the notifications of some days.'),
      ('client_sessions_cancelled_idx', 'client_sessions', 'cancelled_at',
       '(cancelled_at) where is_peer_booking and cancelled_at is not null', true,
       'Figures: the cancellations of some days.')
    ) as wanted (name, table_name, column_name, definition, is_partial, meaning)
   cross join lateral (select to_regclass(format('public.%I', wanted.name)) is not null as already) as is_there
   where wanted.is_partial
      or not peer_exchange.has_index(peer_exchange.host_table(wanted.table_name), array[wanted.column_name], false)
$$;

comment on function peer_exchange.setup_figure_indexes() is 'Steps of setup(): indexes for the figures.';
