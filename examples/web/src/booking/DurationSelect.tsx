import { DURATIONS_MINUTES } from './durations';

export function DurationSelect({
  minutes,
  onChange,
}: {
  minutes: number;
  onChange: (minutes: number) => void;
}) {
  // An address may say any other.
  const choices = [...new Set([...DURATIONS_MINUTES, minutes])].sort((one, other) => one - other);
  return (
    <label>
      <span>Duration</span>
      <select value={minutes} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice} minutes
          </option>
        ))}
      </select>
    </label>
  );
}
