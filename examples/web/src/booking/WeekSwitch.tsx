import { daysAfter, daysFromToday } from '../shared/words';

interface WeekSwitchProps {
  from: string;
  days: number;
  onChange: (from: string) => void;
}

/** Which days are shown: from a date on, a week earlier, a week later. */
export function WeekSwitch({ from, days, onChange }: WeekSwitchProps) {
  const today = daysFromToday(0);
  const earlier = daysAfter(from, -days);
  return (
    <div class="week">
      <label>
        <span>From</span>
        <input
          type="date"
          value={from}
          min={today}
          onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
        />
      </label>
      <button
        type="button"
        disabled={from <= today}
        onClick={() => onChange(earlier < today ? today : earlier)}
      >
        Earlier
      </button>
      <button type="button" onClick={() => onChange(daysAfter(from, days))}>
        Later
      </button>
    </div>
  );
}
