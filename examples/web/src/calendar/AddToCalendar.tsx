import { useAction } from '@peer-exchange/client/hooks';
import { ActionNotice } from '../shared/ActionNotice';
import { googleLink, outlookLink, type CalendarEvent } from './links';

/** Where a session can go besides: a file for any calendar, and the two that people have on the web. */
export function AddToCalendar({ event }: { event: CalendarEvent }) {
  const file = useAction('get_session_calendar', { onDone: ({ calendar }) => saveFile(calendar) });
  return (
    <details class="menu">
      <summary aria-label={`Add to calendar: the session with ${event.other}`}>Add to calendar</summary>
      <ul>
        <li>
          <button type="button" onClick={() => file.start({ p_session_id: event.session_id })}>
            Calendar file (.ics)
          </button>
        </li>
        <li>
          <a href={googleLink(event)} target="_blank" rel="noreferrer">
            Google Calendar
          </a>
        </li>
        <li>
          <a href={outlookLink(event)} target="_blank" rel="noreferrer">
            Outlook
          </a>
        </li>
      </ul>
      <ActionNotice action={file} />
    </details>
  );
}

function saveFile(calendar: string): void {
  const address = URL.createObjectURL(new Blob([calendar], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'session.ics';
  link.click();
  URL.revokeObjectURL(address);
}
