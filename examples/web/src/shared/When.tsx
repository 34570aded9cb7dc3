import { whenParts, type SessionTime } from './time';

/** The time of a session, wherever one is shown. A line breaks between the two clocks rather than within one. */
export function When({ of }: { of: SessionTime }) {
  const { yours, theirs } = whenParts(of);
  return (
    <time class="when" dateTime={of.starts_at}>
      <span>{yours}</span>
      {theirs && ' '}
      {theirs && <span>{theirs}</span>}
    </time>
  );
}
