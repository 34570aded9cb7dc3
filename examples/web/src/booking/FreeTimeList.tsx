import type { ComponentChildren } from 'preact';
import type { Clock, OfferedSlot, useSlotPicker } from '@peer-exchange/client/hooks';
import type { Refusal } from '../api/replies';
import { LoadedView } from '../shared/LoadedView';
import { RefusalNotice } from '../shared/Notice';
import { readersZone, zoneText } from '../shared/time';
import { credits } from '../shared/words';
import { ClockSwitch } from './ClockSwitch';
import { SlotList } from './SlotList';

export type SlotPicker = ReturnType<typeof useSlotPicker>;

/** How far apart the free times are that are shown. */
export const STEP_MINUTES = 30;

interface FreeTimeListProps {
  picker: SlotPicker;
  /** Whether one of these times has to be paid for. */
  isPriced: boolean;
  /** What choosing a time does, before the time: Book, Move to. */
  verb: string;
  /** The start of the one that is chosen, where choosing is not yet doing. */
  chosen?: string | null;
  /** What can be done where none can be chosen at all. */
  children?: (refusal: Refusal) => ComponentChildren;
}

/** Free times by the reader's clock or by the other one. */
export function FreeTimeList({ picker, isPriced, children, ...choice }: FreeTimeListProps) {
  const { query, slots, clock, setClock, clocksDiffer, choose } = picker;
  return (
    <LoadedView of={query} what="free times">
      {(reply) => {
        if (!reply.success) return <RefusalNotice refusal={reply}>{children?.(reply)}</RefusalNotice>;
        const price = isPriced ? ` for ${credits(reply.credit_cost)} each` : '';
        return (
          <>
            <div class="heading-row">
              <p class="count" role="status">
                {countText(slots)}
                {price}, by {clockText(clock, reply.timezone)}
              </p>
              {clocksDiffer && <ClockSwitch clock={clock} timezone={reply.timezone} onChange={setClock} />}
            </div>
            <SlotList slots={slots} onChoose={choose} {...choice} />
          </>
        );
      }}
    </LoadedView>
  );
}

function countText({ length }: OfferedSlot[]): string {
  return length === 1 ? '1 free time' : `${length || 'No'} free times`;
}

function clockText(clock: Clock, timezone: string): string {
  return clock === 'reader' ? `your clock (${zoneText(readersZone())})` : zoneText(timezone);
}
