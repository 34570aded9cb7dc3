import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { PartMissing } from '../api/troubles';
import { focusHeading } from './focus';
import { LoadedView } from './LoadedView';

/**
 * A part of the page whose code is asked for when it is first shown, so that nobody waits for it on the way to another.
 * Without a network it comes as soon as there is one, like all else that is asked for.
 */
export function deferred<Props extends object>(what: string, load: () => Promise<ComponentType<Props>>) {
  return function Deferred(props: Props) {
    const part = usePart(what, load);
    if (!part.data) return <LoadedView of={part} what={what} children={() => null} />;
    return <part.data.Part {...props} />;
  };
}

/** The same for a whole page, which the focus goes to the heading of. */
export function deferredPage<Props extends object>(
  heading: string,
  load: () => Promise<ComponentType<Props>>,
) {
  return function DeferredPage(props: Props) {
    const part = usePart(heading, load);
    useEffect(() => {
      if (part.data) focusHeading();
    }, [part.data]);
    if (part.data) return <part.data.Part {...props} />;
    return (
      <>
        <h1 tabIndex={-1}>{heading}</h1>
        <LoadedView of={part} what="this page" children={() => null} />
      </>
    );
  };
}

function usePart<Props>(name: string, load: () => Promise<ComponentType<Props>>) {
  return useQuery({
    queryKey: ['part', name],
    queryFn: () =>
      load().then(
        (Part) => ({ Part }),
        () => Promise.reject(new PartMissing()),
      ),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
}
