// What is looked for.
import type { PagedArguments } from '@peer-exchange/client';

export interface SearchTerms {
  query: string;
  role: string;
  location: string;
  specialization: string;
  duration_minutes: number;
}

/** Terms that everybody fits. */
export const NO_TERMS: SearchTerms = {
  query: '',
  role: '',
  location: '',
  specialization: '',
  duration_minutes: 60,
};

export function searchFor(terms: SearchTerms): PagedArguments<'search_peer_practitioners'> {
  return {
    p_query: terms.query,
    p_role: terms.role,
    p_location: terms.location,
    p_specialization: terms.specialization,
    p_duration_minutes: terms.duration_minutes,
  };
}
