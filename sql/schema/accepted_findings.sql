-- What verify_ledger() found of an older generation and somebody has looked at: ledger rows are never changed, and so what
-- once went wrong in them would be found every night. A dump keeps it.
create table peer_exchange.accepted_findings (
  finding     text        not null,
  user_id     uuid,
  session_id  uuid,
  expected    bigint,
  actual      bigint,
  detail      text,
  reason      text        not null,
  accepted_by text        not null default current_user,
  accepted_at timestamptz not null default pg_catalog.now()
);

comment on table peer_exchange.accepted_findings is
  'Findings that verify_ledger() leaves out, as long as they say the very same. Deleting a row has it found again.';
comment on column peer_exchange.accepted_findings.reason is 'Why it stays as it is.';

select pg_catalog.pg_extension_config_dump('peer_exchange.accepted_findings', '');

-- A balance is no history: it is set right, or explained by a row. So is a twin column.
create function peer_exchange.is_history(p_finding text) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_finding in ('CHAIN_BROKEN', 'AMOUNT_MISMATCH', 'PAIR_BROKEN', 'REFUND_TOO_HIGH', 'CHARGED_TWICE', 'CANCELLED_UNREFUNDED')
$$;

comment on function peer_exchange.is_history(text) is
  'Whether a finding is about rows of the ledger alone, which nobody can change any more.';

create function peer_exchange.accept_findings(p_reason text, p_finding text default null) returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  accepted bigint;
begin
  if nullif(btrim(p_reason), '') is null then
    raise null_value_not_allowed using message = 'p_reason is missing', hint = 'Say why these findings stay as they are.';
  end if;
  if not peer_exchange.is_history(p_finding) then
    raise invalid_parameter_value using
      message = format('%s can''t be accepted', p_finding),
      hint    = 'It is about a balance as it is: set it right, or add the ledger row that explains it.';
  end if;
  insert into peer_exchange.accepted_findings (finding, user_id, session_id, expected, actual, detail, reason)
  select discrepancy.finding, discrepancy.user_id, discrepancy.session_id, discrepancy.expected, discrepancy.actual, discrepancy.detail, btrim(p_reason)
    from peer_exchange.verify_ledger() as discrepancy
   where discrepancy.finding = p_finding
      or (p_finding is null and peer_exchange.is_history(discrepancy.finding));
  get diagnostics accepted = row_count;
  return accepted;
end $$;

comment on function peer_exchange.accept_findings(text, text) is
  'Has verify_ledger() leave out what it finds now in the history of the ledger, or one kind of it, and returns how many that are. Whatever changes or comes anew is found as before. For an administrator.';
