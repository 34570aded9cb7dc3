import { whenParts, type SessionTime } from './time';

interface WhenProps {
  of: SessionTime;
  /** How long it is, where that is told with it. */
  minutes?: number;
}

/** The time of a session, wherever one is shown. A line breaks between the two clocks rather than within one. */
export function When({ of, minutes }: WhenProps) {
  const { yours, theirs } = whenParts(of);
  const length = minutes === undefined ? '' : `, ${minutes} minutes`;
  return (
    <time class="when" dateTime={of.starts_at}>
      <span>{theirs ? yours : yours + length}</span>
      {theirs && ' '}
      {theirs && <span>{theirs + length}</span>}
    </time>
  );
}
