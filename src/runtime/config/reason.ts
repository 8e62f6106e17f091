/** Why the system refused something, in a word: `ENOENT`, `EADDRINUSE`; else the whole message. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  return 'code' in error ? String(error.code) : 'message' in error ? String(error.message) : String(error);
}
