import { useQueryClient } from '@tanstack/react-query';
import type { ComponentChildren } from 'preact';
import { ErrorBoundary } from './ErrorBoundary';

/** Around a page: what broke it may be what was loaded, so that is asked for anew. */
export function PageBoundary({ visit, children }: { visit: number; children: ComponentChildren }) {
  const queries = useQueryClient();
  return (
    <ErrorBoundary visit={visit} onBroken={() => queries.removeQueries({ type: 'inactive' })}>
      {children}
    </ErrorBoundary>
  );
}
