import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { focusHeading } from './focus';

/** A page whose code is asked for when it is first shown, so that nobody waits for it on the way to another. */
export function deferred<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return function Deferred(props: Props) {
    const [Page, setPage] = useState<ComponentType<Props> | null>(null);
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      load().then((page) => setPage(() => page), setFailure);
    }, []);
    useEffect(() => {
      if (Page) focusHeading();
    }, [Page]);
    if (failure) throw failure;
    return Page && <Page {...props} />;
  };
}
