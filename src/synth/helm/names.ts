/** Names that are not taken yet. */
export interface Names { free(wanted: string): string }

/** Hands out every name once; who comes second gets a number. */
export function createNames(taken: Iterable<string> = []): Names {
  const known = new Set(taken);
  return {
    free: wanted => {
      let name = wanted;
      for (let number = 2; known.has(name); number++) name = `${wanted}${number}`;
      known.add(name);
      return name;
    },
  };
}

/** `HorizontalPodAutoscaler` as `horizontalPodAutoscaler`, `HTTPRoute` as `httpRoute`. */
export function keyOfKind(kind: string): string {
  return kind.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, start => start.toLowerCase());
}

/** `orders-config` as `OrdersConfig`, to stand behind a kind. */
export function capitalized(name: string): string {
  return name.split(/[^A-Za-z0-9]+/).filter(Boolean).map(part => part[0].toUpperCase() + part.slice(1)).join('');
}
