/** Moves the focus to the page's heading: where reading starts again. */
export function focusHeading(): void {
  // After the change is drawn, since the heading may be a new one.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus());
}
