import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import { WEEKDAYS, type Practice } from '../api/practice';
import { ActionNotice } from '../shared/ActionNotice';
import { Notice } from '../shared/Notice';
import { dayText, zoneText } from '../shared/time';
import { daysFromToday } from '../shared/words';
import { capital, draftOf, hoursOf, usualWeek, type Draft } from './hours';
import { KeptSessions } from './KeptSessions';
import { RangesField } from './RangesField';

/** When she gives sessions: every week, on single dates, and by whose clock. */
export function HoursForm({ practice }: { practice: Practice }) {
  const [draft, setDraft] = useState(() => draftOf(practice.working_hours));
  const [timezone, setTimezone] = useState(practice.published_timezone ?? '');
  const publish = useAction('set_working_hours');
  const { progress } = publish;
  return (
    <section class="card" aria-labelledby="hours">
      <h2 id="hours">Working hours</h2>
      {practice.unreadable_hours && (
        <Notice
          kind="refusal"
          sentence={`A part of your hours can’t be read: ${practice.unreadable_hours}.`}
          advice="It is left out below; publish them again."
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          publish.start({ p_working_hours: hoursOf(draft), p_timezone: timezone || null });
        }}
      >
        <Zone timezone={timezone} inForce={practice.timezone} onChange={setTimezone} />
        <Week draft={draft} unpublished={practice.unpublished_hours} onChange={setDraft} />
        <Dates draft={draft} onChange={setDraft} />
        <ActionNotice action={publish} />
        {progress.state === 'done' && (
          <Notice
            kind="success"
            sentence="Your hours are published."
            advice={`All times are ${zoneText(progress.reply.timezone)}.`}
          >
            <KeptSessions sessions={progress.reply.sessions_outside} why="of yours would not fit these hours" />
          </Notice>
        )}
        <footer>
          <button type="submit" class="primary" aria-disabled={progress.state === 'sending'}>
            Publish these hours
          </button>
        </footer>
      </form>
    </section>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone');

function Zone({
  timezone,
  inForce,
  onChange,
}: {
  timezone: string;
  inForce: string;
  onChange: (timezone: string) => void;
}) {
  return (
    <label>
      <span>Your time zone{timezone ? '' : ` (now ${inForce})`}</span>
      <input
        list="zones"
        maxLength={100}
        placeholder={inForce}
        value={timezone}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </label>
  );
}

interface DraftProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

function Week({ draft, unpublished, onChange }: DraftProps & { unpublished: string }) {
  if (!draft.isWeekly) {
    return (
      <Notice kind="quiet" sentence="You publish no weekly hours." advice={OFFERED[unpublished] ?? offered(unpublished)}>
        <button type="button" onClick={() => onChange({ ...draft, isWeekly: true, days: usualWeek() })}>
          Publish weekly hours
        </button>
      </Notice>
    );
  }
  return (
    <>
      {WEEKDAYS.map((day) => (
        <fieldset key={day} class="day">
          <legend>{capital(day)}</legend>
          <RangesField
            of={capital(day)}
            ranges={draft.days[day]}
            onChange={(ranges) => onChange({ ...draft, days: { ...draft.days, [day]: ranges } })}
          />
        </fieldset>
      ))}
      <p>
        <button type="button" class="plain" onClick={() => onChange({ ...draft, isWeekly: false })}>
          Publish no weekly hours
        </button>
      </p>
    </>
  );
}

const OFFERED: Record<string, string> = {
  any: 'You are offered at any time of the day.',
  none: 'Nobody is offered a time with you.',
};

function offered(range: string): string {
  return `You are offered from ${range.replace('-', ' to ')}; a colleague may still book another time.`;
}

/** Dates on which the hours of their weekday don't count. */
function Dates({ draft, onChange }: DraftProps) {
  const [date, setDate] = useState('');
  const { dates } = draft;
  const isNew = date !== '' && !dates.some((known) => known.date === date);
  const add = () => {
    if (!isNew) return;
    const all = [...dates, { date, ranges: [] }];
    onChange({ ...draft, dates: all.sort((one, other) => one.date.localeCompare(other.date)) });
    setDate('');
  };
  return (
    <>
      <h3>Other hours on single dates</h3>
      {dates.map((known, position) => (
        <fieldset key={known.date} class="day">
          <legend>{dayText(known.date)}</legend>
          <RangesField
            of={dayText(known.date)}
            ranges={known.ranges}
            onChange={(ranges) =>
              onChange({ ...draft, dates: dates.map((one, at) => (at === position ? { ...one, ranges } : one)) })
            }
          />
          <button
            type="button"
            class="plain"
            aria-label={`As on other weeks on ${dayText(known.date)}`}
            onClick={() => onChange({ ...draft, dates: dates.filter((one) => one !== known) })}
          >
            As on other weeks
          </button>
        </fieldset>
      ))}
      <div class="add-date">
        <label>
          <span>Date</span>
          <input
            type="date"
            min={daysFromToday(-1)}
            max="2999-12-31"
            value={date}
            onInput={(event) => setDate(event.currentTarget.value)}
          />
        </label>
        <button type="button" onClick={add} aria-disabled={!isNew}>
          Close on this date
        </button>
      </div>
    </>
  );
}
