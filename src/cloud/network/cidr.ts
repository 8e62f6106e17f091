/** A range of IPv4 addresses. */
export interface Range {
  /** Its first address, as a number. */
  readonly first: number;
  /** How many bits of an address are fixed, 0 to 32. */
  readonly prefix: number;
}

/** Reads `10.20.0.0/16`; nothing where it is no range of IPv4, or its address has bits set behind the prefix. */
export function rangeOf(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const numbers = match.slice(1).map(Number);
  const [a, b, c, d, prefix] = numbers;
  if (prefix > 32 || [a, b, c, d].some(part => part > 255)) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

/** How many addresses a range of a prefix has. */
export const sizeOf = (prefix: number) => 2 ** (32 - prefix);

/** `10.20.0.0/16` */
export function textOf({ first, prefix }: Range): string {
  return `${[24, 16, 8, 0].map(bits => Math.floor(first / 2 ** bits) % 256).join('.')}/${prefix}`;
}

/** The part of a range that stands at a place, counted in parts of the given prefix. */
export function partOf(range: Range, prefix: number, place: number): Range {
  return { first: range.first + place * sizeOf(prefix), prefix };
}

export function overlap(a: Range, b: Range): boolean {
  return a.first < b.first + sizeOf(b.prefix) && b.first < a.first + sizeOf(a.prefix);
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.first + sizeOf(inner.prefix) <= outer.first + sizeOf(outer.prefix);
}
