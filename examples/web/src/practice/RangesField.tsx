import type { Range } from '../api/practice';
import { oneMore } from './hours';

interface RangesFieldProps {
  /** Whose hours these are: a weekday, or a date in words. */
  of: string;
  ranges: Range[];
  onChange: (ranges: Range[]) => void;
}

/** The hours of one day, as many ranges as it has. */
export function RangesField({ of, ranges, onChange }: RangesFieldProps) {
  const replace = (position: number, range: Range) =>
    onChange(ranges.map((former, at) => (at === position ? range : former)));
  return (
    <div class="ranges">
      {ranges.length === 0 && <span class="muted">Closed</span>}
      {ranges.map((range, position) => (
        <span class="range" key={position}>
          <input
            type="time"
            required
            aria-label={`${of}, from`}
            value={range.start}
            onInput={(event) => replace(position, { ...range, start: event.currentTarget.value })}
          />
          –
          <input
            type="time"
            required
            aria-label={`${of}, to`}
            value={range.end}
            onInput={(event) => replace(position, { ...range, end: event.currentTarget.value })}
          />
          <button
            type="button"
            class="plain"
            aria-label={`Remove ${range.start} to ${range.end} of ${of}`}
            onClick={() => onChange(ranges.filter((_, at) => at !== position))}
          >
            ✕
          </button>
        </span>
      ))}
      <button
        type="button"
        class="plain"
        aria-label={`Add hours to ${of}`}
        onClick={() => onChange(oneMore(ranges))}
      >
        Add hours
      </button>
    </div>
  );
}
