// Mails without a server: what the worker would send of a notification.
import { linksFrom } from '../../links.mjs';
import { render } from '../../message.mjs';
import { readLanguages } from '../../words.mjs';

const languages = await readLanguages('en');

/** A notification as it is claimed: of a booking that Ann Archer is told of. */
export function notification({ payload, ...others } = {}) {
  return {
    notification_id: '0199aaaa-0000-7000-8000-000000000001',
    recipient_id: 'a0000000-0000-4000-8000-000000000001',
    name: 'Ann Archer',
    type: 'peer_booking_confirmed_client',
    title: 'Session booked',
    body: 'Your session is booked.',
    language: null,
    timezone: null,
    ...others,
    payload: payload === null ? null : {
      session_id: '0199bbbb-0000-7000-8000-000000000002',
      credits: 60,
      balance_after: 40,
      session_date: '2027-11-26',
      start_time: '21:00',
      starts_at: '2027-11-26T20:00:00+00:00',
      ends_at: '2027-11-26T21:00:00+00:00',
      timezone: 'Europe/Madrid',
      duration_minutes: 60,
      other_party_name: 'Ben Brook',
      ...payload,
    },
  };
}

export function mailOf(changes, settings = {}) {
  return render(languages, notification(changes), linksFrom(settings));
}

/** What stands behind a label of the mail's table. */
export function factOf(mail, label) {
  return new RegExp(`^${label}: (.*)$`, 'm').exec(mail.text)?.[1];
}
