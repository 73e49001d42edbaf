/** Our choice: addresses of the console hold the state of a page. */
const longest = 2_000;

/** Where a browser goes once it is signed in: an address of the console and nothing else; what is none leads to its beginning. */
export function returnPath(given: string | null, basePath: string): string {
  const start = `${basePath}/`;
  if (given === null || given.length > longest || !URL.canParse(given, "http://console")) {
    return start;
  }
  const { origin, pathname, search } = new URL(given, "http://console");
  // `//elsewhere`, `/\elsewhere` and `/console/../x` are not what they look like, before they are parsed.
  return origin === "http://console" && pathname.startsWith(start) ? pathname + search : start;
}
