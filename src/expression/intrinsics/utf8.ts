/**
 * UTF-8 by hand: the pure layers see no platform API, TextEncoder included. Halves of a surrogate pair on
 * their own become U+FFFD, as they do everywhere.
 */
export function encodeUtf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuation(point));
    else if (point < 0x1_0000) {
      bytes.push(0xe0 | (point >> 12), continuation(point >> 6), continuation(point));
    } else {
      bytes.push(0xf0 | (point >> 18), continuation(point >> 12));
      bytes.push(continuation(point >> 6), continuation(point));
    }
  }
  return bytes;
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** Reads UTF-8; what is none becomes U+FFFD, one for each byte that does not fit. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = "";
  for (let index = 0; index < bytes.length;) {
    const first = bytes[index] as number;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const point = codePoint(bytes.slice(index, index + length), length);
    text += point === undefined ? "\ufffd" : String.fromCodePoint(point);
    index += point === undefined ? 1 : length;
  }
  return text;
}

/** Least code point that needs so many bytes; a longer form of it is not valid. */
const leastOfLength = [0, 0, 0x80, 0x800, 0x1_0000];

function codePoint(sequence: readonly number[], length: number): number | undefined {
  const [first] = sequence;
  if (first === undefined || sequence.length < length) return undefined;
  if (length === 1) return first;
  let point = first & (0x7f >> length);
  for (const byte of sequence.slice(1)) {
    if ((byte & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  const isValid = point >= (leastOfLength[length] as number) && point <= 0x10_ffff && !isSurrogate;
  return isValid ? point : undefined;
}
