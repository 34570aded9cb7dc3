import { DateField } from '../shared/DateField';
import { boundsOf, isOther, PERIODS, type Period } from './period';

const OTHER = 'Other days';
const FIRST_DAY = '2000-01-01';

interface PeriodFilterProps {
  period: Period;
  onChange: (period: Period) => void;
}

export function PeriodFilter({ period, onChange }: PeriodFilterProps) {
  const choose = (label: string) => {
    const preset = PERIODS.find((each) => each.label === label);
    onChange(preset ? preset.days : boundsOf(period));
  };
  return (
    <>
      <label>
        <span>Period</span>
        <select
          value={PERIODS.find(({ days }) => days === period)?.label ?? OTHER}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {[...PERIODS.map(({ label }) => label), OTHER].map((label) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      </label>
      {isOther(period) && (
        <>
          <DateField name="From" min={FIRST_DAY} day={period.from} onChange={(from) => onChange({ ...period, from })} />
          <DateField name="To" min={FIRST_DAY} day={period.to} onChange={(to) => onChange({ ...period, to })} />
        </>
      )}
    </>
  );
}
