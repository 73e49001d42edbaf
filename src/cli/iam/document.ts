/** A document as IAM answers it (*documented*: URL-encoded), as JSON text. */
export function textOfDocument(encoded: string): string {
  return decodeURIComponent(encoded);
}
