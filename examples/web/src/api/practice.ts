// A practice by the words of this page.
import type { HoursRange, OwnProduct, Success, WorkingHours } from '@peer-exchange/client';

export type {
  BlockedPeriod as Block,
  CancellationPolicy,
  HoursRange as Range,
  KeptSession,
  OwnProduct as Product,
  WorkingHours,
} from '@peer-exchange/client';

export type Practice = Success<'get_my_practice'>;

/** A product as it is edited. */
export type ProductDraft = Omit<OwnProduct, 'product_id'>;

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly (keyof WorkingHours)[];

export type Weekday = (typeof WEEKDAYS)[number];

/** The hours of every weekday; a day without any is closed. */
export type Week = Record<Weekday, HoursRange[]>;
