import { DateField } from '../shared/DateField';
import { daysFromToday } from '../shared/words';
import type { SlotPicker } from './FreeTimeList';

/** Which days are shown: from a date on, a week earlier, a week later. */
export function WeekSwitch({ picker: { from, show, earlier, later } }: { picker: SlotPicker }) {
  return (
    <div class="week">
      <DateField name="From" day={from} min={daysFromToday(0)} required onChange={(day) => show(day!)} />
      <button type="button" disabled={earlier === null} onClick={() => earlier?.()}>
        Earlier
      </button>
      <button type="button" onClick={later}>
        Later
      </button>
    </div>
  );
}
