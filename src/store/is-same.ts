/** What is kept under a name, with a version that counts its changes. */
interface Versioned {
  readonly version: number;
  readonly body: string;
}

/** Whether a note or a document of this name is stored already as it is given. */
export function isSame(stored: Versioned, given: Versioned): boolean {
  return stored.version === given.version && stored.body === given.body;
}
