import { useState } from 'preact/hooks';
import { explain } from '../api/refusals';
import { describe } from '../api/troubles';
import { useAccount } from '../shared/account';
import { googleLink, outlookLink, type CalendarEvent } from './links';

/** Where a session can go besides: a file for any calendar, and the two that people have on the web. */
export function AddToCalendar({ event }: { event: CalendarEvent }) {
  const { api } = useAccount();
  const [trouble, setTrouble] = useState('');

  const save = async () => {
    setTrouble('');
    try {
      const reply = await api.sessionCalendar(event.session_id);
      if (reply.success) saveFile(reply.calendar);
      else setTrouble(explain(reply).sentence);
    } catch (error) {
      setTrouble(describe(error).sentence);
    }
  };

  return (
    <details class="menu">
      <summary aria-label={`Add to calendar: the session with ${event.other}`}>Add to calendar</summary>
      <ul>
        <li>
          <button type="button" onClick={save}>
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
      <p role="alert">{trouble}</p>
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
