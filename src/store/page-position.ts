/** Where a listing stopped: the sort key of the last item shown, and its number, which breaks ties. */
export interface PagePosition {
  readonly key: number;
  readonly id: number;
}

/** A position as the opaque text of `Page.next`. */
export function encodePosition(position: PagePosition): string {
  return `${position.key}_${position.id}`;
}

/** Reads what {@link encodePosition} wrote; any other text is a mistake of the caller. */
export function decodePosition(text: string): PagePosition {
  const [key, id, ...rest] = text.split("_").map((part) => (part === "" ? NaN : Number(part)));
  if (key === undefined || id === undefined || rest.length > 0 || !Number.isFinite(key + id)) {
    throw new RangeError(`not the position of a page: ${text}`);
  }
  return { key, id };
}

/** Refuses a limit that would make a listing stand still. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`a limit must be a whole number from 1, not ${limit}`);
  }
}
