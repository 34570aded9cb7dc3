import type { OfferedSlot } from '@peer-exchange/client/hooks';

/** Where a key leads from a slot: sideways to the next time, up and down to another day. */
export function neighbour(slots: OfferedSlot[], from: OfferedSlot, key: string): OfferedSlot | undefined {
  const index = slots.indexOf(from);
  const before = slots.slice(0, index).reverse();
  switch (key) {
    case 'ArrowRight':
      return slots[index + 1];
    case 'ArrowLeft':
      return slots[index - 1];
    case 'ArrowDown':
      return sameTime(slots, from, slots.slice(index).find((slot) => slot.shown.date > from.shown.date));
    case 'ArrowUp':
      return sameTime(slots, from, before.find((slot) => slot.shown.date < from.shown.date));
    case 'Home':
      return slots[0];
    case 'End':
      return slots.at(-1);
    default:
      return undefined;
  }
}

/** Of the day of `there`, the first time that is not earlier in the day, else its last one. */
function sameTime(slots: OfferedSlot[], from: OfferedSlot, there: OfferedSlot | undefined) {
  const day = slots.filter((slot) => slot.shown.date === there?.shown.date);
  return day.find((slot) => slot.shown.time >= from.shown.time) ?? day.at(-1);
}
