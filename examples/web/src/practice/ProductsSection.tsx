import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import type { Product, ProductDraft } from '../api/practice';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { credits } from '../shared/words';

/** What she offers under a name of its own. */
export function ProductsSection({ products }: { products: Product[] }) {
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  return (
    <section class="card" aria-labelledby="products">
      <h2 id="products">What you offer</h2>
      {products.length === 0 && (
        <p class="muted">Nothing of its own: clients choose how long a session lasts, at the going rate.</p>
      )}
      <ul class="lines">
        {products.map((product) => (
          <li key={product.product_id}>
            <span>
              <strong>{product.name ?? 'Without a name'}</strong>
              <br />
              <span class="muted">{inWords(product)}</span>
            </span>
            <button type="button" aria-label={`Change ${product.name}`} onClick={() => setEdited(product)}>
              Change
            </button>
          </li>
        ))}
      </ul>
      <p class="actions">
        <button type="button" onClick={() => setEdited('new')}>
          Offer something new
        </button>
      </p>
      {edited && (
        <ProductDialog product={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}

function inWords({ duration_minutes, credit_cost, is_active }: Product): string {
  const duration = duration_minutes === null ? 'As long as the client likes' : `${duration_minutes} minutes`;
  const cost = credit_cost === null ? 'at the going rate' : `for ${credits(credit_cost)}`;
  return `${duration}, ${cost}${is_active ? '' : '; not offered now'}`;
}

const NEW: ProductDraft = {
  name: '',
  duration_minutes: 60,
  credit_cost: null,
  is_active: true,
};

function ProductDialog({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const [draft, setDraft] = useState<ProductDraft>(product ?? NEW);
  const save = useAction('save_product', { onDone: onClose });
  const numberOf = (field: HTMLInputElement) => (field.value === '' ? null : field.valueAsNumber);
  return (
    <Dialog heading={product ? `Change ${product.name}` : 'Offer something new'} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.start({
            p_product_id: product?.product_id ?? null,
            p_name: draft.name ?? '',
            p_duration_minutes: draft.duration_minutes,
            p_credit_cost: draft.credit_cost,
            p_is_active: draft.is_active,
          });
        }}
      >
        <label>
          <span>Name</span>
          <input
            required
            maxLength={200}
            value={draft.name ?? ''}
            onInput={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
        </label>
        <fieldset class="side-by-side">
          <label>
            <span>Minutes (empty: the client chooses)</span>
            <input
              type="number"
              min={1}
              step={1}
              value={draft.duration_minutes ?? ''}
              onInput={(event) => setDraft({ ...draft, duration_minutes: numberOf(event.currentTarget) })}
            />
          </label>
          <label>
            <span>Credits (empty: the going rate)</span>
            <input
              type="number"
              min={1}
              step={1}
              value={draft.credit_cost ?? ''}
              onInput={(event) => setDraft({ ...draft, credit_cost: numberOf(event.currentTarget) })}
            />
          </label>
        </fieldset>
        <label class="inline">
          <input
            type="checkbox"
            checked={draft.is_active}
            onChange={(event) => setDraft({ ...draft, is_active: event.currentTarget.checked })}
          />
          <span>Can be booked</span>
        </label>
        <ActionNotice action={save} />
        <footer>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
          <button type="submit" class="primary" aria-disabled={save.progress.state === 'sending'}>
            Save
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
