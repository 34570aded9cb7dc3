import type { Clock } from '@peer-exchange/client/hooks';
import { readersZone, zoneText } from '../shared/time';

interface ClockSwitchProps {
  clock: Clock;
  timezone: string;
  onChange: (clock: Clock) => void;
}

/** By whose clock free times are shown. */
export function ClockSwitch({ clock, timezone, onChange }: ClockSwitchProps) {
  return (
    <label class="inline">
      <span>Times by</span>
      <select value={clock} onChange={(event) => onChange(event.currentTarget.value as Clock)}>
        <option value="reader">your clock ({zoneText(readersZone())})</option>
        <option value="practitioner">your colleague’s clock ({zoneText(timezone)})</option>
      </select>
    </label>
  );
}
