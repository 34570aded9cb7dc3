import { useRef, useState } from 'preact/hooks';
import type { OfferedSlot } from '@peer-exchange/client/hooks';
import { Empty } from '../shared/LoadedView';
import { longDayText } from '../shared/time';
import { neighbour } from './neighbour';

interface SlotListProps {
  slots: OfferedSlot[];
  verb: string;
  chosen?: string | null;
  onChoose: (slot: OfferedSlot) => void;
}

/** Free times by day. The keyboard stops at one of them, and arrows lead to the others. */
export function SlotList({ slots, verb, chosen, onChoose }: SlotListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  if (slots.length === 0)
    return <Empty sentence="Nothing is free in this week. Try a later one, or a shorter session." />;

  const stop = slots.find((slot) => slot.starts_at === current) ?? slots[0]!;
  const move = (event: KeyboardEvent) => {
    const next = neighbour(slots, stop, event.key);
    if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(next.starts_at);
    frame.current?.querySelector<HTMLElement>(`[data-start="${next.starts_at}"]`)?.focus();
  };

  return (
    <div class="days" ref={frame} onKeyDown={move}>
      <p class="unseen" id="arrows">
        Arrow keys lead to other times and days.
      </p>
      {byDay(slots).map(([date, ofDay]) => (
        <section key={date} class="card" aria-labelledby={`day-${date}`}>
          <h2 id={`day-${date}`}>{longDayText(date)}</h2>
          <ul class="slots">
            {ofDay.map((slot) => (
              <li key={slot.starts_at}>
                <button
                  type="button"
                  data-start={slot.starts_at}
                  tabIndex={slot === stop ? 0 : -1}
                  onFocus={() => setCurrent(slot.starts_at)}
                  onClick={() => onChoose(slot)}
                  aria-pressed={chosen === undefined ? undefined : chosen === slot.starts_at}
                  aria-label={`${verb} ${slot.shown.time} on ${longDayText(date)}`}
                  aria-describedby="arrows"
                >
                  {slot.shown.time}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function byDay(slots: OfferedSlot[]): [string, OfferedSlot[]][] {
  const days = new Map<string, OfferedSlot[]>();
  for (const slot of slots) days.set(slot.shown.date, [...(days.get(slot.shown.date) ?? []), slot]);
  return [...days];
}
