// Takes the README's pictures: `cargo xtask pictures`, which starts all that this needs.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, signIn, visit } from './tests/lib/browser.mjs';

const folder = process.argv[2];
const WIDE = { timezoneId: 'Europe/London', viewport: { width: 1120, height: 780 } };
const TABLET = { timezoneId: 'Europe/London', viewport: { width: 820, height: 780 } };
const NARROW = { timezoneId: 'Europe/London', viewport: { width: 360, height: 740 }, deviceScaleFactor: 1.5 };

await mkdir(folder, { recursive: true });
const browser = await launch();

const wide = await signIn(browser, /Ann Archer/, WIDE);
await picture(wide, 'credits');
await visit(wide, 'Find');
await wide.getByRole('link', { name: 'See free times of Ben Brook' }).click();
await wide
  .getByRole('button', { name: /^Book / })
  .nth(3)
  .click();
await wide.getByText('It costs', { exact: true }).waitFor();
await picture(wide, 'book');
await wide.keyboard.press('Escape');
await pictureOfSession(wide, 'session');
await pictureOfPractice(wide, 'practice');

const tablet = await signIn(browser, /Ann Archer/, TABLET);
await visit(tablet, 'Find');
await tablet.getByRole('link', { name: 'See free times of Ben Brook' }).waitFor();
await picture(tablet, 'find-tablet');

const narrow = await signIn(browser, /Ann Archer/, NARROW);
await picture(narrow, 'credits-narrow');
await visit(narrow, 'Sessions');
await narrow
  .getByRole('button', { name: /^Cancel/ })
  .first()
  .click();
await picture(narrow, 'cancel-narrow');
await narrow.keyboard.press('Escape');
await pictureOfSession(narrow, 'session-narrow');
await pictureOfPractice(narrow, 'practice-narrow');

await browser.close();

/** One that has notes. */
async function pictureOfSession(page, name) {
  await visit(page, 'Sessions');
  await page.getByRole('listitem').filter({ hasText: 'Left shoulder' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'What has happened' }).waitFor();
  await picture(page, name);
}

async function pictureOfPractice(page, name) {
  await visit(page, 'My practice');
  await page.getByRole('button', { name: 'Publish these hours' }).waitFor();
  await picture(page, name);
}

async function picture(page, name) {
  // Whatever is still loading or fading in would be only half visible.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
