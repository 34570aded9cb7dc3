import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch } from './lib/browser.mjs';
import { arrive } from './lib/steps.mjs';

const WIDTHS = [
  320, 360, 480, 600, 700, 736, 737, 760, 780, 800, 820, 832, 833, 860, 900, 912, 913, 940, 992, 993, 1024, 1280,
];

const browser = await launch();
after(() => browser.close());

test('at any width, with hundreds of unread notifications', async () => {
  await staysWhole(await arriveWithNews());
});

test('at any width, before the font has come', async () => {
  const page = await arriveWithNews();
  await page.route('**/*.woff2', (route) => route.abort());
  await page.reload();
  await staysWhole(page);
});

async function arriveWithNews() {
  const pat = await newPerson({ first_name: 'Wilhelmina-Theodora' });
  await execute(`insert into public.notifications (recipient_id, type, title, body)
                 select '${pat.id}', 'news', 'News', 'News' from generate_series(1, 540)`);
  return arrive(browser, pat, { viewport: { width: 1280, height: 800 } });
}

async function staysWhole(page) {
  await page.getByRole('link', { name: 'Notifications 540 unread' }).waitFor();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const { lines, overflow } = await page.evaluate(() => ({
      lines: [...document.querySelectorAll('nav a > span:not(.badge), .brand, .who button')].map((word) => {
        const range = document.createRange();
        range.selectNodeContents(word);
        return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
      }),
      overflow: document.documentElement.scrollWidth - innerWidth,
    }));
    assert.deepEqual([width, Math.max(...lines), Math.max(overflow, 0)], [width, 1, 0]);
  }
}
