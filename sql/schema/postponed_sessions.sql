-- Sessions with which a job could do nothing while others waited behind them. A dump leaves the rows: each job may try again.
create table peer_exchange.postponed_sessions (
  session_id uuid        not null,
  job        text        not null,
  since      timestamptz not null default pg_catalog.now(),
  until      timestamptz not null,
  primary key (session_id, job)
);

comment on table peer_exchange.postponed_sessions is
  'Sessions with which a job could do nothing while others waited behind them; it does those first. Whoever has mended what was in the way may delete the rows.';
comment on column peer_exchange.postponed_sessions.job is
  'Which job: settle_due_sessions, expire_requests or send_due_reminders.';
comment on column peer_exchange.postponed_sessions.since is 'When the job first postponed it.';
comment on column peer_exchange.postponed_sessions.until is
  'When the job looks at it again: after an hour, then after as long as it has been postponed, at most a day.';
