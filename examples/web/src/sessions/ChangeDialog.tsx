import { AcceptDialog } from './AcceptDialog';
import { CancelDialog } from './CancelDialog';
import { OutcomeDialog } from './OutcomeDialog';
import { RescheduleDialog } from './RescheduleDialog';
import type { Change } from './SessionCard';

/** What somebody is about to do with a session, wherever it is shown. */
export function ChangeDialog({ change, onClose }: { change: Change | null; onClose: () => void }) {
  if (!change) return null;
  switch (change.kind) {
    case 'accept':
      return <AcceptDialog session={change.session} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog session={change.session} onClose={onClose} />;
    case 'reschedule':
      return <RescheduleDialog session={change.session} onClose={onClose} />;
    default:
      return <OutcomeDialog session={change.session} outcome={change.kind} onClose={onClose} />;
  }
}
