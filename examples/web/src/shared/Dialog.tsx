// A native modal dialog: the browser keeps the focus inside, Escape closes it, and the focus goes back.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { focusHeading } from './focus';

interface DialogProps {
  heading: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ heading, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const headingId = useId();

  useEffect(() => {
    const opener = document.activeElement;
    const close = () => element.current?.close();
    element.current?.showModal();
    // Whoever goes back leaves what she was about to do.
    addEventListener('hashchange', close);
    return () => {
      removeEventListener('hashchange', close);
      // What opened it may be gone, such as a session that was cancelled.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else focusHeading();
    };
  }, []);

  return (
    <dialog ref={element} aria-labelledby={headingId} onClose={onClose}>
      <header>
        <h2 id={headingId} tabIndex={-1} autofocus>
          {heading}
        </h2>
        <button type="button" class="plain" aria-label="Close" onClick={() => element.current?.close()}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
