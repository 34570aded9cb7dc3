import type { Slot } from '../api/replies';
import { Empty } from '../shared/LoadedView';
import { day } from '../shared/words';

/** Free times by day. */
export function SlotList({ slots, onChoose }: { slots: Slot[]; onChoose: (slot: Slot) => void }) {
  if (slots.length === 0)
    return <Empty sentence="Nothing is free in this week. Try a later one, or a shorter session." />;
  return (
    <div class="days">
      {byDay(slots).map(([date, ofDay]) => (
        <section key={date} class="card" aria-labelledby={`day-${date}`}>
          <h2 id={`day-${date}`}>{day(date)}</h2>
          <ul class="slots">
            {ofDay.map((slot) => (
              <li key={slot.starts_at}>
                <button
                  type="button"
                  onClick={() => onChoose(slot)}
                  aria-label={`Book ${slot.start_time} on ${day(date)}`}
                >
                  {slot.start_time}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function byDay(slots: Slot[]): [string, Slot[]][] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) days.set(slot.session_date, [...(days.get(slot.session_date) ?? []), slot]);
  return [...days];
}
