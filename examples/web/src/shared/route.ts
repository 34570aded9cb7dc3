// Which of the pages is shown: the part of the address after the #.
import { useEffect, useState } from 'preact/hooks';
import { NO_TERMS, type SearchTerms } from '../booking/search';
import { RECENT, saidOf, selectionOf, type Selection } from '../credits/selection';
import { isDate, isDuration, isId, queryOf } from './written';

export type Route =
  | { page: 'practice' | 'sessions' | 'notifications' | 'unknown' }
  | { page: 'credits'; selection: Selection }
  | { page: 'find'; terms: SearchTerms }
  | { page: 'session'; sessionId: string }
  | {
      page: 'practitioner';
      practitionerId: string;
      durationMinutes: number;
      from: string | null;
      /** What the session is to be for, where one is booked again. */
      sessionType: string | null;
    };

/** An address that names nothing is a page of its own, never another one's. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, ...parts] = path.split('/').filter(Boolean);
  if (page === 'practitioner') return practitionerRoute(parts, query);
  if (page === 'session' && parts.length === 1 && isId(parts[0]!)) return { page, sessionId: parts[0]! };
  if (parts.length > 0) return { page: 'unknown' };
  switch (page) {
    case undefined:
    case 'credits':
      return { page: 'credits', selection: selectionOf(query) };
    case 'practice':
    case 'notifications':
    case 'sessions':
      return { page };
    case 'find':
      return { page, terms: termsOf(query) };
    default:
      return { page: 'unknown' };
  }
}

function practitionerRoute(
  [practitionerId = '', minutes = '60', from, ...rest]: string[],
  query: string,
): Route {
  const isSound =
    isId(practitionerId) && isDuration(minutes) && (from === undefined || isDate(from)) && !rest.length;
  if (!isSound) return { page: 'unknown' };
  return {
    page: 'practitioner',
    practitionerId,
    durationMinutes: Number(minutes),
    from: from ?? null,
    sessionType: new URLSearchParams(query).get('session_type')?.slice(0, 200) || null,
  };
}

function termsOf(query: string): SearchTerms {
  const said = new URLSearchParams(query);
  const minutes = said.get('duration_minutes') ?? '';
  const [text, role, location, specialization] = ['query', 'role', 'location', 'specialization'].map((name) =>
    (said.get(name) ?? '').slice(0, 100),
  ) as [string, string, string, string];
  return {
    query: text,
    role,
    location,
    specialization,
    duration_minutes: isDuration(minutes) ? Number(minutes) : NO_TERMS.duration_minutes,
  };
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case 'credits':
      return `#/credits${queryOf(saidOf(route.selection))}`;
    case 'find': {
      const said = Object.entries(route.terms).filter(
        ([name, value]) => value !== NO_TERMS[name as keyof SearchTerms],
      );
      return `#/find${queryOf(Object.fromEntries(said.map(([name, value]) => [name, String(value)])))}`;
    }
    case 'session':
      return `#/session/${route.sessionId}`;
    case 'practitioner': {
      const parts = [route.practitionerId, String(route.durationMinutes), route.from];
      const query = queryOf(route.sessionType ? { session_type: route.sessionType } : {});
      return `#/practitioner/${parts.filter((part) => part !== null).join('/')}${query}`;
    }
    default:
      return `#/${route.page}`;
  }
}

export const CREDITS: Route = { page: 'credits', selection: RECENT };
export const FIND: Route = { page: 'find', terms: NO_TERMS };
export const SESSIONS: Route = { page: 'sessions' };

export function go(route: Route): void {
  location.hash = addressOf(route);
}

/** Says where one is without going anywhere: "back" leads here, and not through every letter typed. */
export function note(route: Route): void {
  history.replaceState(null, '', addressOf(route));
}

/** The page that is shown, and how many were gone to so far. */
export function useRoute(): { route: Route; visit: number } {
  const [{ hash, visit }, setState] = useState({ hash: location.hash, visit: 0 });
  useEffect(() => {
    const follow = () => setState((before) => ({ hash: location.hash, visit: before.visit + 1 }));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return { route: routeOf(hash), visit };
}
