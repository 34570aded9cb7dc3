/** The first one is what the page opens with. */
export const PERIODS = [
  { days: 90, label: 'Last 90 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 7, label: 'Last 7 days' },
  { days: null, label: 'All' },
] as const;

export function PeriodFilter({
  days,
  onChange,
}: {
  days: number | null;
  onChange: (days: number | null) => void;
}) {
  return (
    <label class="inline">
      <span>Period</span>
      <select
        value={String(days)}
        onChange={(event) => onChange(PERIODS[event.currentTarget.selectedIndex]?.days ?? null)}
      >
        {PERIODS.map((period) => (
          <option key={period.label} value={String(period.days)}>
            {period.label}
          </option>
        ))}
      </select>
    </label>
  );
}
