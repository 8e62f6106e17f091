/** Paths inside a container, and the folders that stand for them. */
export type Paths = ReadonlyMap<string, string>;

/**
 * Puts folders in the place of paths wherever one stands as a whole or as the beginning of a longer path, never inside
 * another word. It looks once from left to right, so a folder that holds a path is left as it is.
 *
 * @param seen is told of each path that was replaced.
 */
export function replacePaths(text: string, paths: Paths, seen: (path: string) => void = () => undefined): string {
  if (paths.size === 0) return text;
  const longestFirst = [...paths.keys()].sort((a, b) => b.length - a.length).map(path => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.replace(new RegExp(`(?:(?<=file://)|(?<![\\w./-]))(?:${longestFirst.join('|')})(?![\\w-]|\\.\\w)`, 'g'), path => {
    seen(path);
    return paths.get(path) ?? path;
  });
}
