// News without a push: looks again and again while the page is visible, and less often while nothing
// happens. An application on Supabase puts a Realtime subscription to `notifications` in its place:
//   supabase.channel('mine').on('postgres_changes', { event: 'INSERT', schema: 'public',
//     table: 'notifications', filter: `recipient_id=eq.${me}` }, look).subscribe()

const SHORTEST_PAUSE_MILLISECONDS = 3_000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/** `look` says whether there was something new. Returns a function that stops it. */
export function watch(look: () => Promise<boolean>): () => void {
  let pause = SHORTEST_PAUSE_MILLISECONDS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let isLooking = false;

  const round = async () => {
    isLooking = true;
    // A check that failed counts as one that found nothing: the next one comes later.
    const hasNews = await look().catch(() => false);
    isLooking = false;
    if (hasNews) pause = SHORTEST_PAUSE_MILLISECONDS;
    if (!isStopped && !document.hidden) timer = setTimeout(round, pause);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS);
  };

  const begin = () => {
    clearTimeout(timer);
    pause = SHORTEST_PAUSE_MILLISECONDS;
    if (!document.hidden && !isLooking) void round();
  };

  document.addEventListener('visibilitychange', begin);
  addEventListener('online', begin);
  begin();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', begin);
    removeEventListener('online', begin);
  };
}
