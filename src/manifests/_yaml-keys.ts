/**
 * A place in the order in which keys have stood before: behind a key, or before the first one of an object. Manifests repeat few such orders, so
 * what stands next is mostly what stood there the last time, and nothing of it has to be looked at again.
 */
export class KeyStep {
  /** Whether it was found to be no repetition of a key before it, which holds for the whole order. */
  isFirst = false;
  /** What came behind it the last time. */
  next: KeyStep | undefined;
  private others: Map<string, KeyStep> | undefined;
  private inner: KeyStep | undefined;

  /**
   * @param text the key as it is written; one in quotes is another text than one without.
   * @param key what it means.
   */
  constructor(readonly text: string, readonly key: string) {}

  /** The place before the first key of the objects that stand behind this one. */
  get inside(): KeyStep {
    return this.inner ??= kept(new KeyStep('', ''));
  }

  /** The place behind the key that comes next. */
  followedBy(text: string, key: string): KeyStep {
    const { next } = this;
    if (next?.text === text) return next;
    const known = this.others?.get(text);
    if (known) return this.next = known;
    const step = new KeyStep(text, key);
    if (count >= limit) return step;
    (this.others ??= new Map<string, KeyStep>()).set(text, step);
    return this.next = kept(step);
  }
}

/** Orders are kept for all that is read, up to so many places: what has no order, such as the keys of much data, fills no memory. */
const limit = 16_384;
let count = 0;

function kept(step: KeyStep): KeyStep {
  count++;
  return step;
}

/** The place before the first key of a document. */
export const top = new KeyStep('', '');
