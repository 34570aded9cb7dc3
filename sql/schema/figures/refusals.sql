-- Why calls were refused.

create function peer_exchange.refusal_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, rpc text, error_code text, refusals bigint, clients bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  select (refusal.refused_at at time zone period.timezone)::date, refusal.rpc, refusal.error_code,
         count(*), count(distinct refusal.client_id)
    from peer_exchange.refusals as refusal
   where refusal.refused_at >= period.starts_at
     and refusal.refused_at < period.ends_at
   group by 1, 2, 3
   order by 1, 4 desc, refusal.rpc collate "C", refusal.error_code collate "C";
end $$;

comment on function peer_exchange.refusal_figures_by_owner(date, date, text) is
  'What peer_exchange.refusal_figures does, as the owner of the tables.';

create function peer_exchange.refusal_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, rpc text, error_code text, refusals bigint, clients bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refusal_figures(date, date, text) is
  'Refused calls by day, function and code. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.refusals_by_day with (security_invoker = true) as
select day, rpc, error_code, refusals, clients from peer_exchange.refusal_figures();

comment on view peer_exchange.refusals_by_day is
  'Refused calls of the last 90 days by day, function and code, as far as they are remembered. refusal_figures() takes other days and zones.';
comment on column peer_exchange.refusals_by_day.clients is 'How many different clients these calls named.';
