import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import type { Block, Practice } from '../api/practice';
import { ActionNotice } from '../shared/ActionNotice';
import { Notice } from '../shared/Notice';
import { instantOf, isKnown, readersZone, zoneText } from '../shared/time';
import { When } from '../shared/When';
import { KeptSessions } from './KeptSessions';

/** Times at which she gives no sessions, whatever her hours say. */
export function BlocksSection({ practice }: { practice: Practice }) {
  const { blocks, timezone } = practice;
  return (
    <section class="card" aria-labelledby="blocks">
      <h2 id="blocks">Time off</h2>
      {blocks.length === 0 && <p class="muted">Nothing is blocked.</p>}
      <ul class="lines">
        {blocks.map((block) => (
          <BlockLine key={block.event_id} block={block} timezone={timezone} />
        ))}
      </ul>
      {/* Postgres knows some zones that a browser does not. */}
      <BlockForm timezone={isKnown(timezone) ? timezone : readersZone()} />
    </section>
  );
}

function BlockLine({ block, timezone }: { block: Block; timezone: string }) {
  const removal = useAction('unblock_time');
  const title = block.title ?? 'Blocked';
  return (
    <li>
      <span>
        <strong>{title}</strong>
        <br />
        <When of={{ ...block, timezone }} />
      </span>
      <button
        type="button"
        aria-label={`Remove ${title}`}
        onClick={() => removal.start({ p_event_id: block.event_id })}
        aria-disabled={removal.progress.state === 'sending'}
      >
        Remove
      </button>
      <ActionNotice action={removal} />
    </li>
  );
}

function BlockForm({ timezone }: { timezone: string }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [title, setTitle] = useState('');
  const block = useAction('block_time');
  const { progress } = block;
  const isEmpty = from !== '' && to !== '' && to <= from;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isEmpty) return;
        block.start({
          p_starts_at: instant(from, timezone),
          p_ends_at: instant(to, timezone),
          p_title: title || null,
        });
      }}
    >
      <fieldset class="side-by-side">
        <Moment label={`From (${zoneText(timezone)})`} value={from} onChange={setFrom} />
        <Moment label={`To (${zoneText(timezone)})`} value={to} onChange={setTo} />
        <label>
          <span>What for (only you see it)</span>
          <input maxLength={200} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
      </fieldset>
      {isEmpty && <Notice kind="refusal" sentence="The end must be after the start." />}
      <ActionNotice action={block} />
      {progress.state === 'done' && (
        <Notice kind="success" sentence="Nobody can book you then.">
          <KeptSessions sessions={progress.reply.sessions_within} why="of yours lies within it" />
        </Notice>
      )}
      <footer>
        <button type="submit" aria-disabled={isEmpty || progress.state === 'sending'}>
          Block this time
        </button>
      </footer>
    </form>
  );
}

function Moment({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="datetime-local"
        required
        max="2999-12-31T23:59"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

/** What a clock of this zone shows, as an instant. */
function instant(local: string, timezone: string): string {
  const [session_date = '', start_time = ''] = local.split('T');
  return instantOf({ session_date, start_time }, timezone) ?? local;
}
