// A real Chromium, and people in it: each in a window of her own, as on a machine of her own.
import { chromium } from 'playwright-core';

const url = process.env.PEER_EXCHANGE_PAGE_URL;
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-GB',
];

/** A browser with a new and empty profile. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET });
}

/** Opens the page in a window of its own, on the clock of people who have published none. */
export async function open(browser, settings = {}) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...settings });
  // A machine that does much besides is slow, and no test fails by waiting for what comes.
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** The page as this person sees it, signed in by choosing her name. */
export async function signIn(browser, name, settings) {
  const page = await open(browser, settings);
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { name: 'Your credits' }).waitFor();
  return page;
}

/** Goes to one of the pages by its link. */
export async function visit(page, link) {
  await page.getByRole('navigation').getByRole('link', { name: link }).click();
}
