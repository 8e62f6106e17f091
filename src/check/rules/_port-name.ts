/**
 * Whether a text is a port name: up to 15 lower-case letters, digits and single inner hyphens, at least one letter.
 * @see https://www.rfc-editor.org/rfc/rfc6335.html#section-5.1
 */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text);
}
