import { addressOf, CREDITS, FIND } from './route';

/** Of an address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <h1 tabIndex={-1}>There is no such page</h1>
      <p>The address may have been cut off or misspelt.</p>
      <p class="actions">
        <a class="button primary" href={addressOf(CREDITS)}>
          Your credits
        </a>
        <a class="button" href={addressOf(FIND)}>
          Find a colleague
        </a>
      </p>
    </>
  );
}
