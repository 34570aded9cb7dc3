// A session as the calendars on the web take it: in an address that fills in a new event.

export interface CalendarEvent {
  session_id: string;
  starts_at: string;
  ends_at: string;
  /** Whom it is with. */
  other: string;
  place?: { text: string | null; url: string | null } | null;
}

export function googleLink(event: CalendarEvent): string {
  const address = new URL('https://calendar.google.com/calendar/render');
  address.search = String(
    new URLSearchParams({
      action: 'TEMPLATE',
      text: titleOf(event),
      dates: `${compact(event.starts_at)}/${compact(event.ends_at)}`,
      location: locationOf(event),
    }),
  );
  return address.href;
}

export function outlookLink(event: CalendarEvent): string {
  const address = new URL('https://outlook.live.com/calendar/0/deeplink/compose');
  address.search = String(
    new URLSearchParams({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: titleOf(event),
      startdt: new Date(event.starts_at).toISOString(),
      enddt: new Date(event.ends_at).toISOString(),
      location: locationOf(event),
    }),
  );
  return address.href;
}

/** As the file that the server makes calls it, too. */
function titleOf({ other }: CalendarEvent): string {
  return `Session with ${other}`;
}

function locationOf({ place }: CalendarEvent): string {
  return place?.text ?? place?.url ?? '';
}

function compact(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
}
