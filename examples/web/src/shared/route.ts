// Which of the pages is shown: the part of the address after the #.
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { page: 'credits' | 'find' | 'sessions' | 'notifications' }
  | { page: 'practitioner'; practitionerId: string; durationMinutes: number; from: string | null };

export function routeOf(hash: string): Route {
  const [page, practitionerId, durationMinutes, from] = hash.replace(/^#\/?/, '').split('/');
  switch (page) {
    case 'find':
    case 'sessions':
    case 'notifications':
      return { page };
    case 'practitioner':
      return practitionerId
        ? { page, practitionerId, durationMinutes: Number(durationMinutes) || 60, from: from ?? null }
        : { page: 'find' };
    default:
      return { page: 'credits' };
  }
}

export function addressOf(route: Route): string {
  if (route.page !== 'practitioner') return `#/${route.page}`;
  const parts = [route.practitionerId, String(route.durationMinutes), route.from];
  return `#/practitioner/${parts.filter((part) => part !== null).join('/')}`;
}

export function go(route: Route): void {
  location.hash = addressOf(route);
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return routeOf(hash);
}
