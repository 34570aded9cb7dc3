import { whenText, type SessionTime } from './time';

/** The time of a session, wherever one is shown. */
export function When({ of }: { of: SessionTime }) {
  return (
    <time class="when" dateTime={of.starts_at}>
      {whenText(of)}
    </time>
  );
}
