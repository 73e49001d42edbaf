/** A part of a pattern without stars. */
export interface Piece {
  readonly length: number;
  /** Whether the text has it at this place. */
  isAt(text: string, at: number): boolean;
  /** The first place from `from` where the text has it; -1 if there is none. */
  find(text: string, from: number): number;
}

/** `any` is the character that stands for any one. */
export function compilePiece(source: string, any: string): Piece {
  const { length } = source;
  if (!source.includes(any)) {
    return {
      length,
      isAt: (text, at) => text.startsWith(source, at),
      find: (text, from) => text.indexOf(source, from),
    };
  }
  let search: Piece["find"] | undefined;
  return {
    length,
    isAt(text, at) {
      for (let index = 0; index < length; index++) {
        if (source[index] !== any && source[index] !== text[at + index]) return false;
      }
      return at + length <= text.length;
    },
    find: (text, from) => (search ??= bitSearch(source, any))(text, from),
  };
}

const wordBits = 32;

/**
 * Looks for all beginnings of the piece at once, a bit for each (the Shift-And algorithm): a text of n characters takes
 * n × piece / 32 steps, where trying the piece at each place would take n × piece.
 */
function bitSearch(source: string, any: string): Piece["find"] {
  const words = Math.ceil(source.length / wordBits);
  const whereAny = new Uint32Array(words);
  const whereCharacter = new Map<string, Uint32Array>();
  for (const [index, character] of source.split("").entries()) {
    if (character === any) setBit(whereAny, index);
    else {
      const mask = whereCharacter.get(character) ?? new Uint32Array(words);
      setBit(mask, index);
      whereCharacter.set(character, mask);
    }
  }
  for (const mask of whereCharacter.values()) {
    for (let word = 0; word < words; word++) mask[word] = (mask[word] ?? 0) | (whereAny[word] ?? 0);
  }
  const last = source.length - 1;
  return (text, from) => {
    const begun = new Uint32Array(words);
    for (let at = from; at < text.length; at++) {
      goOn(begun, whereCharacter.get(text.charAt(at)) ?? whereAny);
      if (((begun[last >>> 5] ?? 0) >>> (last & 31)) & 1) return at - last;
    }
    return -1;
  };
}

function setBit(mask: Uint32Array, index: number): void {
  mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
}

/** Each beginning goes on by one character, a new one begins, and those that the character is not at are over. */
function goOn(begun: Uint32Array, mask: Uint32Array): void {
  let carried = 1;
  for (let word = 0; word < begun.length; word++) {
    const bits = begun[word] ?? 0;
    begun[word] = ((bits << 1) | carried) & (mask[word] ?? 0);
    carried = bits >>> (wordBits - 1);
  }
}
