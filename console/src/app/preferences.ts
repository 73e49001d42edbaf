/** What a browser remembers of its user; where it may not, everything is as at the first visit. */
const prefix = "stepwell.";

export function stored(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // A private window remembers nothing.
  }
}
