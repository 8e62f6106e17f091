/** Choices that are the same for the same seed. */
export interface Random {
  /** A number from 0 to below the bound. */
  below(bound: number): number;
  pick<T>(options: readonly T[]): T | undefined;
}

/** Lehmer's generator: good enough to choose, and the same on every machine. */
export function seeded(seed: number): Random {
  const modulus = 2 ** 31 - 1;
  let state = (seed % (modulus - 1)) + 1;
  const below = (bound: number) => {
    state = (state * 48271) % modulus;
    return Math.floor((state / modulus) * bound);
  };
  // The first few numbers of neighbouring seeds are alike.
  for (let turn = 0; turn < 10; turn++) below(1);
  return { below, pick: options => (options.length > 0 ? options[below(options.length)] : undefined) };
}
