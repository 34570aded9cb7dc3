// What was looked for last: the way back from a colleague leads there.
import { NO_TERMS, type SearchTerms } from './search';

let terms = NO_TERMS;

export function rememberSearch(settled: SearchTerms): void {
  terms = settled;
}

export function lastSearch(): SearchTerms {
  return terms;
}
