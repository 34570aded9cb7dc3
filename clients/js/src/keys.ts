// Idempotency keys, kept from before a call until its answer came: so that whoever asks for the same again, after a
// lost answer or a page that was closed meanwhile, gets what happened instead of doing it twice.

/** What localStorage does, or anything like it. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** By the digest of what was asked for: its key, and when that was made. */
type Kept = Record<string, [key: string, madeAt: number]>;

const NAME = 'peer_exchange.keys';
/** Later than this, somebody who asks for the same thing means it anew. */
const KEPT_MILLISECONDS = 3_600_000;

export class Keys {
  constructor(private readonly storage: KeyStorage) {}

  /** That of the unanswered call for the same thing, or a new one. */
  keep(digest: string): string {
    const kept = this.read();
    const [key] = (kept[digest] ??= [newKey(), Date.now()]);
    this.write(kept);
    return key;
  }

  /** The call was answered. */
  forget(digest: string): void {
    const { [digest]: _, ...others } = this.read();
    this.write(others);
  }

  /** What is kept may not stand for what is true any more. */
  forgetAll(): void {
    this.storage.removeItem(NAME);
  }

  private read(): Kept {
    try {
      const kept: Kept = JSON.parse(this.storage.getItem(NAME) ?? '{}');
      const since = Date.now() - KEPT_MILLISECONDS;
      return Object.fromEntries(Object.entries(kept).filter(([, [, madeAt]]) => madeAt > since));
    } catch {
      return {};
    }
  }

  private write(kept: Kept): void {
    this.storage.setItem(NAME, JSON.stringify(kept));
  }
}

/** A storage of this page's own, where the browser has none or gives none. */
export function inMemory(): KeyStorage {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

/** That of the browser, if it lets one write to it. */
export function usualStorage(): KeyStorage {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(NAME, storage.getItem(NAME) ?? '{}');
    return storage;
  } catch {
    return inMemory();
  }
}

/** So that what people write stays out of the storage: of a name and arguments, in whatever order they come. */
export function digestOf(name: string, args: object): string {
  const given = Object.entries(args).filter(([, value]) => value != null);
  const text = JSON.stringify([name, given.sort(([one], [other]) => (one < other ? -1 : 1))]);
  let [high, low] = [0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < text.length; index += 1) {
    high = Math.imul(high ^ text.charCodeAt(index), 0x01000193);
    low = Math.imul(low ^ text.charCodeAt(index), 0x5bd1e995);
    low ^= high >>> 15;
  }
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

/** crypto.randomUUID is missing where a page is served without TLS from elsewhere than this machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
