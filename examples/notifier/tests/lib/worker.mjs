// The notifier as a process of its own, as it runs in production.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign, url } from '../../../demo/client.mjs';
import { execute } from '../../../../tests/clients/lib/database.mjs';

const folder = new URL('../../', import.meta.url);

/** How a worker reaches the outbox. */
export const throughPostgrest = {
  PEER_EXCHANGE_URL: url,
  PEER_EXCHANGE_SERVICE_KEY: await sign({ role: 'service_role' }),
};
export const throughPostgres = { DATABASE_URL: process.env.DATABASE_URL };

/** Starts one that polls twice a second, unless told otherwise; it is polling when this returns. */
export async function startWorker(smtp, environment) {
  const child = spawn('node', ['notifier.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', process.env.NOTIFIER_TEST_SHOWS_ERRORS ? 'inherit' : 'ignore'],
    env: {
      PATH: process.env.PATH,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Peer Exchange <no-reply@example.test>',
      NOTIFIER_POLL_SECONDS: '0.5',
      ...environment,
    },
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('it did not start')))]);
  const end = async (signal) => {
    child.kill(signal);
    return ended;
  };
  return { stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** What other tests left behind no longer concerns anybody. */
export async function emptyTheOutbox() {
  await execute('update public.notifications set delivery_due_at = null');
}

/** Waits until it is so, at most a minute: programs have to start for it, and leases to end, on a machine that is busy. */
export async function until(isSo, what) {
  for (let waited = 0; !(await isSo()); waited += 50) {
    if (waited > 60_000) throw new Error(`it never came to pass that ${what}`);
    await sleep(50);
  }
}
