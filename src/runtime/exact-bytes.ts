/**
 * The bytes that a text of base64 stands for; `undefined` if they are not written so. A decoder passes over what it does not know,
 * and takes many texts for the same bytes: a token that somebody changed would be as good as the token.
 */
export function exactBytes(text: string, encoding: "base64" | "base64url"): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
