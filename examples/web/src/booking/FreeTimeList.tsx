import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { FreeTime, Refusal } from '../api/replies';
import type { Loaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';
import { RefusalNotice } from '../shared/Notice';
import { readersZone, zoneText } from '../shared/time';
import { credits } from '../shared/words';
import { ClockSwitch } from './ClockSwitch';
import { clocksDiffer, offered, type Clock, type OfferedSlot } from './offered';
import { SlotList, type SlotChoice } from './SlotList';

interface FreeTimeListProps extends SlotChoice {
  free: Loaded<FreeTime | Refusal>;
  /** The days that are shown, on the clock that the reader has chosen. */
  from: string;
  to: string;
  /** Whether one of these times has to be paid for. */
  isPriced: boolean;
  /** What can be done where none can be chosen at all. */
  children?: (refusal: Refusal) => ComponentChildren;
}

/** Free times by the reader's clock or by the other one. */
export function FreeTimeList({ free, from, to, isPriced, children, ...choice }: FreeTimeListProps) {
  const [clock, setClock] = useState<Clock>('mine');
  return (
    <LoadedView of={free} what="free times">
      {(reply) => {
        if (!reply.success) return <RefusalNotice refusal={reply}>{children?.(reply)}</RefusalNotice>;
        const slots: OfferedSlot[] = offered(reply, clock, from, to);
        const price = isPriced ? ` for ${credits(reply.credit_cost)} each` : '';
        return (
          <>
            <div class="heading-row">
              <p class="count" role="status">
                {countText(slots.length)}
                {price}, by {clockText(clock, reply.timezone)}
              </p>
              {clocksDiffer(reply) && (
                <ClockSwitch clock={clock} timezone={reply.timezone} onChange={setClock} />
              )}
            </div>
            <SlotList slots={slots} {...choice} />
          </>
        );
      }}
    </LoadedView>
  );
}

function countText(count: number): string {
  return count === 1 ? '1 free time' : `${count || 'No'} free times`;
}

function clockText(clock: Clock, timezone: string): string {
  return clock === 'mine' ? `your clock (${zoneText(readersZone())})` : zoneText(timezone);
}
