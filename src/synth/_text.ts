/** How many characters of manifests are kept while they are compared and written: some ten thousand objects. */
const roomCharacters = 32 * 1024 * 1024;

/** Something with a text. */
export interface Text { readonly text: string }

/**
 * Keeps texts as long as there is room, and makes the others again whenever they are asked for: however large an app is, the memory
 * that its manifests take does not grow beyond that.
 */
export function createTextRoom(characters = roomCharacters): (text: string, make: () => string) => Text {
  let room = characters;
  return (text, make) => {
    room -= text.length;
    return room >= 0 ? { text } : { get text() { return make(); } };
  };
}
