import { useQuery } from '@tanstack/react-query';
import { QUERY_KEY, useExchange } from '@peer-exchange/client/hooks';
import type { Person } from '../signin/people';
import { NO_TERMS, searchFor } from './search';

/** More than these a search doesn't return at once. */
const MOST_RESULTS = 50;

/** Null where a search finds nobody of this id: people see of others what it shows. */
export function usePractitioner(id: string) {
  const exchange = useExchange();
  return useQuery({
    queryKey: [QUERY_KEY, 'practitioner', id],
    queryFn: async ({ signal }): Promise<{ practitioner: Person | null }> => {
      const everybody = { ...searchFor(NO_TERMS), p_limit: MOST_RESULTS };
      for await (const { practitioners } of exchange.pages('search_peer_practitioners', everybody, { signal })) {
        const found = practitioners.find(({ practitioner_id }) => practitioner_id === id);
        if (found) return { practitioner: { user_id: id, name: found.name, user_role: found.user_role } };
      }
      return { practitioner: null };
    },
    retry: false,
  });
}
