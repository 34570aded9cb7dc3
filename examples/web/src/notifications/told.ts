// The server's sentences name times on the practitioner's clock. The page says them as it says every time.
import type { Notification, NotificationPayload } from '../api/replies';
import { whenText, type SessionTime } from '../shared/time';

/** When the session is that it tells of. */
export function timeTold(payload: NotificationPayload | null): SessionTime | null {
  if (!payload?.starts_at) return null;
  return { starts_at: payload.starts_at, ends_at: payload.ends_at ?? null, timezone: payload.timezone ?? null };
}

/** The text with its times by the reader's clock, and whether that of the session is among them. */
export function inReadersTime({ body, payload }: Notification): { text: string; hasTime: boolean } {
  const time = timeTold(payload);
  const now = time && phrase(payload?.session_date, payload?.start_time);
  const before = phrase(payload?.previous_session_date, payload?.previous_start_time);
  let text = body;
  if (before && payload?.previous_starts_at) {
    const { previous_starts_at: starts_at, previous_timezone: timezone } = payload;
    text = text.replaceAll(before, whenText({ starts_at, timezone: timezone ?? null }));
  }
  if (!now || !text.includes(now)) return { text, hasTime: false };
  return { text: text.replaceAll(now, whenText(time)), hasTime: true };
}

/** 29 November 2026 at 10:00, as the server writes it. */
function phrase(date: string | undefined, time: string | undefined): string | null {
  if (!date || !time) return null;
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const name = new Date(Date.UTC(2000, month - 1, 1)).toLocaleDateString('en-GB', {
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day} ${name} ${year} at ${time}`;
}
