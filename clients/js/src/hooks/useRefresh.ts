// What was read may not be so any more.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { QUERY_KEY } from './queries.js';

const OURS = { queryKey: [QUERY_KEY] };

/**
 * Reads again whatever is shown, and forgets what is not: of somebody's credits nobody is to see first how they were.
 * The promise is kept when all of it is there.
 */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => {
    queries.removeQueries({ ...OURS, type: 'inactive' });
    return queries.invalidateQueries(OURS);
  }, [queries]);
}
