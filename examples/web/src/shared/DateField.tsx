import { useState } from 'preact/hooks';

interface DateFieldProps {
  name: string;
  day: string | null;
  /** The first one that can be chosen. */
  min: string;
  /** Whether there always has to be one. */
  required?: boolean;
  onChange: (day: string | null) => void;
}

/** A day, told as soon as it is one that can be chosen. As long as somebody types, nothing is corrected under her hands. */
export function DateField({ name, day, onChange, ...limits }: DateFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label>
      <span>{name}</span>
      <input
        type="date"
        max="2999-12-31"
        {...limits}
        value={typed ?? day ?? ''}
        onInput={({ currentTarget: { value, validity } }) => {
          setTyped(value);
          // While its year is typed, a day is one of the Middle Ages.
          if (validity.valid) onChange(value || null);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
