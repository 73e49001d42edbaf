/** What of a request is signed, as it came in. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  /** Names and values in turn, as Node has them: each character a byte, nothing joined and nothing dropped. */
  readonly rawHeaders: readonly string[];
}

/** All values of a header, in their order. The name is in lower case. */
export function headerValues({ rawHeaders }: SignedRequest, name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at] ?? "";
    if (given.length === name.length && given.toLowerCase() === name) {
      values.push(rawHeaders[at + 1] ?? "");
    }
  }
  return values;
}
