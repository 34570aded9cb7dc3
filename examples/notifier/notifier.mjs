// A worker that delivers notifications by e-mail. Any number of them may run: none gets what another
// one holds. One that dies loses nothing: what it held is handed out again when its lease is over.
import nodemailer from 'nodemailer';
import { linksFrom } from './links.mjs';
import { render } from './message.mjs';
import { overPostgres, overPostgrest } from './outbox.mjs';
import { readLanguages } from './words.mjs';

const settings = {
  database: process.env.DATABASE_URL,
  url: process.env.PEER_EXCHANGE_URL,
  serviceKey: process.env.PEER_EXCHANGE_SERVICE_KEY,
  smtpUrl: required('SMTP_URL'),
  from: required('MAIL_FROM'),
  language: process.env.NOTIFIER_LANGUAGE ?? 'en',
  batch: number('NOTIFIER_BATCH', 10),
  leaseSeconds: number('NOTIFIER_LEASE_SECONDS', 120),
  pollSeconds: number('NOTIFIER_POLL_SECONDS', 30),
};
// How long a mail may take. Nothing is begun that another worker could be given before it is done.
const sendSeconds = settings.leaseSeconds / 4;

const languages = await readLanguages(settings.language);
const links = linksFrom({
  sessionUrl: process.env.NOTIFIER_SESSION_URL,
  unsubscribeUrl: process.env.NOTIFIER_UNSUBSCRIBE_URL,
  unsubscribePostUrl: process.env.NOTIFIER_UNSUBSCRIBE_POST_URL,
  unsubscribeMail: process.env.NOTIFIER_UNSUBSCRIBE_MAIL,
});
const mail = nodemailer.createTransport(settings.smtpUrl, {
  from: settings.from,
  headers: { 'Auto-Submitted': 'auto-generated' },
});
const outbox = settings.database
  ? await overPostgres(settings.database)
  : overPostgrest(settings.url ?? required('PEER_EXCHANGE_URL'), settings.serviceKey ?? required('PEER_EXCHANGE_SERVICE_KEY'));

let isStopping = false;
let isWoken = false;
let endPause = () => {};
outbox.onWake(wake);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isStopping = true;
    wake();
  });
}

console.log('ready');
while (!isStopping) {
  isWoken = false;
  const delivered = await deliverBatch().catch((error) => {
    console.error(`nothing could be claimed: ${error.message}`);
    return 0;
  });
  if (delivered === 0 && !isWoken) await pause();
}
mail.close();
await outbox.close();

/** Delivers what it is given, and returns how many notifications that were. */
async function deliverBatch() {
  const leaseEnds = Date.now() + settings.leaseSeconds * 1000;
  const claimed = await outbox.claim(settings.batch, settings.leaseSeconds);
  for (const notification of claimed) {
    if (isStopping || Date.now() > leaseEnds - sendSeconds * 1000) break;
    await deliver(notification);
  }
  return claimed.length;
}

async function deliver(notification) {
  try {
    await send(notification);
  } catch (error) {
    console.error(`${notification.notification_id}: ${error.message}`);
    await outbox.fail(notification.notification_id, error.message).catch(complain);
    return;
  }
  // If this fails, the mail is sent once more when the lease is over, and has the same Message-ID.
  await outbox.acknowledge([notification.notification_id]).catch(complain);
}

async function send(notification) {
  const { email, name, message_id } = notification;
  // Addresses are what people typed; one of them must not become several.
  if (!/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(email)) throw new Error('the address is none');
  const sent = mail.sendMail({
    to: { name, address: email },
    messageId: `<${message_id}>`,
    ...render(languages, notification, links),
  });
  await within(sendSeconds, sent);
}

async function within(seconds, promise) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), seconds * 1000);
  });
  await Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

/** Until somebody wakes it, or it is time to look again: what has failed becomes due without a word. */
function pause() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, settings.pollSeconds * 1000);
    endPause = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Also while nobody pauses: what came since the last claim is asked for at once. */
function wake() {
  isWoken = true;
  endPause();
}

function complain(error) {
  console.error(error.message);
}

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: see README.md`);
  return value;
}

function number(name, otherwise) {
  const value = Number(process.env[name] || otherwise);
  if (!(value > 0)) throw new Error(`${name} is not a number above 0`);
  return value;
}
