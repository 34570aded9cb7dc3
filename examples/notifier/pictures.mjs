// Takes the picture of mails in README.md: `cargo xtask pictures`, which says where Chromium is.
import { join } from 'node:path';
import { launch } from '../web/tests/lib/browser.mjs';
import { mailOf } from './tests/lib/mails.mjs';

const folder = process.argv[2];
const links = {
  sessionUrl: 'https://app.example.com/#/session/{session_id}',
  unsubscribeUrl: 'https://app.example.com/unsubscribe?of={notification_id}',
};
const booked = mailOf({ timezone: 'Europe/London', payload: { place: '12 Mill Lane, Leeds' } }, links);
const cancelled = mailOf(
  {
    type: 'peer_booking_cancelled_refunded',
    language: 'de',
    timezone: 'Europe/Madrid',
    payload: {
      recipient_role: 'client',
      cancelled_by: 'client',
      reason: 'Erkältet',
      credits: 30,
      kept_credits: 30,
      balance_after: 70,
    },
  },
  links,
);

const browser = await launch();
await picture('mail', booked, 'light');
await picture('mail-dark', cancelled, 'dark');
await browser.close();

async function picture(name, { html }, colorScheme) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 520, height: 100 } });
  const page = await context.newPage();
  await page.setContent(html);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
