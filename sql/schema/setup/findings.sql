-- Rows that contradict each other. They stand in nobody's way, but somebody has to look at them.
create function peer_exchange.setup_findings() returns setof peer_exchange.setup_step
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

comment on function peer_exchange.setup_findings() is
  'Rows of setup() about balances that have drifted apart from their twin column.';
