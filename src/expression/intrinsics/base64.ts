const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function encodeBase64(bytes: readonly number[]): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.slice(index, index + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += second === undefined ? "=" : alphabet.charAt((group >> 6) & 63);
    text += third === undefined ? "=" : alphabet.charAt(group & 63);
  }
  return text;
}

/**
 * Decodes leniently. *Observed*: AWS takes texts of any length, with foreign characters in them, and
 * reads no further than the first `=`. Letters of the URL alphabet count as well, as in the usual
 * lenient decoders.
 */
export function decodeBase64(text: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let width = 0;
  for (const character of text) {
    if (character === "=") break;
    const value = alphabet.indexOf(character === "-" ? "+" : character === "_" ? "/" : character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    width += 6;
    if (width >= 8) {
      width -= 8;
      bytes.push((bits >> width) & 0xff);
    }
  }
  return bytes;
}
