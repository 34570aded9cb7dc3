import type { Place } from '../api/replies';

/** Where a session takes place: an address, or a link to a meeting. */
export function PlaceOf({ place: { kind, text, url } }: { place: Place }) {
  if (kind === 'address') return <>{text}</>;
  if (!url) return <>{text ?? 'Online'}</>;
  return (
    <>
      <a href={url} target="_blank" rel="noreferrer">
        Online
      </a>
      {text && `, ${text}`}
    </>
  );
}
