/**
 * Bytes as text, piece by piece. A byte order mark at the start is not part of the text; what is no UTF-8 becomes
 * U+FFFD, as Java decodes it.
 */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}
