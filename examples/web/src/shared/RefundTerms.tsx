import type { RefundTier } from '../api/replies';
import { When } from './When';
import { credits } from './words';

interface RefundTermsProps {
  terms: RefundTier[];
  /** Whose clock the session is promised on. */
  timezone: string;
}

/** What comes back by when one cancels, the present tier first. */
export function RefundTerms({ terms, timezone }: RefundTermsProps) {
  return (
    <ul class="refund-terms" aria-label="If you cancel">
      {terms.map((tier, index) => (
        <li key={tier.percent}>
          {backText(tier)}{' '}
          {tier.until ? (
            <>
              until <When of={{ starts_at: tier.until, timezone }} />
            </>
          ) : (
            untilStart(tier, index)
          )}
        </li>
      ))}
    </ul>
  );
}

function backText({ percent, credits: back }: RefundTier): string {
  if (percent === 100) return 'Free to cancel';
  return percent === 0 ? 'Nothing comes back' : `${percent} % (${credits(back)}) come back`;
}

/** Of the last tier, which ends with the start. */
function untilStart({ percent }: RefundTier, index: number): string {
  if (percent > 0) return 'until it begins';
  return index === 0 ? 'any more' : 'after that';
}
