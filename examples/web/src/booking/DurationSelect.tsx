export const SHORTEST_MINUTES = 15;
const DURATIONS_MINUTES = [SHORTEST_MINUTES, 30, 45, 60, 90, 120];

export function DurationSelect({
  minutes,
  onChange,
}: {
  minutes: number;
  onChange: (minutes: number) => void;
}) {
  return (
    <label>
      <span>Duration</span>
      <select value={minutes} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {DURATIONS_MINUTES.map((choice) => (
          <option key={choice} value={choice}>
            {choice} minutes
          </option>
        ))}
      </select>
    </label>
  );
}
