import { useState } from 'preact/hooks';
import { lastDays, PERIODS, type Period } from './period';

const OTHER = 'Other days';

export function PeriodFilter({ onChange }: { onChange: (period: Period) => void }) {
  const [label, setLabel] = useState<string>(PERIODS[0].label);
  const [days, setDays] = useState<Period>({ from: null, to: null });

  const choose = (chosen: string) => {
    setLabel(chosen);
    const preset = PERIODS.find((period) => period.label === chosen);
    onChange(preset ? lastDays(preset.days) : inOrder(days));
  };
  const bound = (change: Partial<Period>) => {
    const changed = { ...days, ...change };
    setDays(changed);
    onChange(inOrder(changed));
  };

  return (
    <>
      <label>
        <span>Period</span>
        <select value={label} onChange={(event) => choose(event.currentTarget.value)}>
          {[...PERIODS.map((period) => period.label), OTHER].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {label === OTHER && (
        <>
          <DayInput name="From" day={days.from} onChange={(from) => bound({ from })} />
          <DayInput name="To" day={days.to} onChange={(to) => bound({ to })} />
        </>
      )}
    </>
  );
}

function DayInput({
  name,
  day,
  onChange,
}: {
  name: string;
  day: string | null;
  onChange: (day: string | null) => void;
}) {
  // While it is typed, a year is one of the Middle Ages.
  const written = (text: string) => (/^2\d{3}-\d\d-\d\d$/.test(text) ? text : null);
  return (
    <label>
      <span>{name}</span>
      <input
        type="date"
        min="2000-01-01"
        max="2999-12-31"
        value={day ?? ''}
        onChange={(event) => onChange(written(event.currentTarget.value))}
      />
    </label>
  );
}

/** Whichever of the two is filled in first. */
function inOrder({ from, to }: Period): Period {
  return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
}
