/** A document as IAM answers it (*documented*: URL-encoded), as JSON text. */
export function textOfDocument(encoded: unknown): string {
  return decodeURIComponent(String(encoded));
}
