import { useEffect, useState } from 'preact/hooks';

const SHOWN_MILLISECONDS = 10_000;

/** A line that goes away by itself, and how to show one. */
export function useAnnouncement(): [string | null, (line: string) => void] {
  const [shown, setShown] = useState<{ line: string } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(null), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [shown]);
  return [shown?.line ?? null, (line) => setShown({ line })];
}

/** Always there, since screen readers only speak of changes inside a region that they know. */
export function Announcement({ line }: { line: string | null }) {
  return (
    <div class="announcement" role="status" aria-label="News">
      {line && <p>{line}</p>}
    </div>
  );
}
