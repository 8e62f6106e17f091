import { availableParallelism } from 'node:os';

/** Works on several items at once, as many as the machine has cores and four at most; the results stand in the order of the items. */
export async function together<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items[Symbol.iterator]();
  let count = 0;
  const worker = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const place = count++;
      results[place] = await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return results;
}
