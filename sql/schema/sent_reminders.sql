-- Which reminders were sent. The start is part of the key: whoever moves a session is reminded anew.
-- A dump keeps the rows, or everybody would be reminded again after a move to another server.
create table peer_exchange.sent_reminders (
  starts_at      timestamptz not null,
  session_id     uuid        not null,
  minutes_before integer     not null,
  sent_at        timestamptz not null default pg_catalog.now(),
  primary key (starts_at, session_id, minutes_before)
);

select pg_catalog.pg_extension_config_dump('peer_exchange.sent_reminders', '');

comment on table peer_exchange.sent_reminders is
  'Which reminders were sent, or left out for one nearer to the start; kept until a day after the start.';
comment on column peer_exchange.sent_reminders.starts_at is 'When the session was to begin.';
comment on column peer_exchange.sent_reminders.minutes_before is
  'Which of the setting peer_exchange.reminder_minutes_before; 0: the practitioner''s, that a request waits for her answer.';
comment on column peer_exchange.sent_reminders.sent_at is 'When it was sent or left out.';
