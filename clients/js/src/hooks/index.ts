export { ExchangeProvider, useExchange } from './provider.js';
export { QUERY_KEY, useAction, usePages, useReading } from './queries.js';
export type { Action, PagedName, Progress, ReadingName } from './queries.js';
export { useSlotPicker } from './useSlotPicker.js';
export type { SlotPickerOptions } from './useSlotPicker.js';
export { NO_DAY, useStatement } from './useStatement.js';
export type { StatementOptions } from './useStatement.js';
