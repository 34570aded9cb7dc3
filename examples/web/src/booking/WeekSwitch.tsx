import { daysFromToday } from '../shared/words';
import type { SlotPicker } from './FreeTimeList';

/** Which days are shown: from a date on, a week earlier, a week later. */
export function WeekSwitch({ picker: { from, show, earlier, later } }: { picker: SlotPicker }) {
  return (
    <div class="week">
      <label>
        <span>From</span>
        <input
          type="date"
          value={from}
          min={daysFromToday(0)}
          onChange={(event) => event.currentTarget.value && show(event.currentTarget.value)}
        />
      </label>
      <button type="button" disabled={earlier === null} onClick={() => earlier?.()}>
        Earlier
      </button>
      <button type="button" onClick={later}>
        Later
      </button>
    </div>
  );
}
