import type { KeyProvider } from "../../ports/key-provider.ts";
import type { LogSeal } from "../../ports/log-seal.ts";
import { unwrapKey } from "./key-ring.ts";
import type { DataKey } from "./data-key.ts";
import { openText, readSealed } from "./sealed-text.ts";
import { type Place, type Seals, UnknownKey } from "./seals.ts";

/** Lines that tell of a key begin so; then comes its id, and its wrapped form as it is in the store. */
const keyMark = "~k ";

/**
 * Seals texts as lines of files. A data key is written, wrapped, before what it has sealed: a log can be read with the provider's key
 * alone, while a server has the store.
 */
export function sealedLog(seals: Seals): LogSeal {
  return {
    seal(text, shownKeyId) {
      const { id: keyId } = seals.ring.active();
      const line = `${seals.seal(text, place)}\n`;
      if (shownKeyId === keyId) return { lines: line, keyId };
      return { lines: `${keyMark}${keyId} ${seals.ring.wrapped(keyId)}\n${line}`, keyId };
    },
    async open(line) {
      if (line.startsWith(keyMark)) return undefined;
      if (readSealed(line, place.name) === undefined) return line;
      return seals.opened(() => seals.open(line, place).text);
    },
  };
}

/** Where lines are not told apart: logs are put aside under other names. */
const place: Place = { key: ["log"], name: "the line" };

/** The texts of a log's lines, with the keys that it tells of. Lines that are not sealed are as they are. */
export async function* openLog(
  lines: AsyncIterable<string>,
  provider: KeyProvider,
): AsyncIterable<string> {
  const keys = new Map<string, DataKey>();
  for await (const line of lines) {
    if (line.startsWith(keyMark)) {
      const [id = "", ...wrapped] = line.slice(keyMark.length).split(" ");
      if (!keys.has(id)) keys.set(id, await unwrapKey(provider, id, wrapped.join(" ")));
      continue;
    }
    const sealed = readSealed(line, place.name);
    if (sealed === undefined) {
      yield `${line}\n`;
      continue;
    }
    const key = keys.get(sealed.keyId);
    if (key === undefined) throw new UnknownKey(sealed.keyId, place.name);
    yield openText(sealed, { key, place: JSON.stringify(place.key), what: place.name });
  }
}
