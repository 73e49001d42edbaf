/** Where a listing of executions stopped: after this one. The id is a number of 63 bits, as text. */
export interface ListingPosition {
  readonly startDate: number;
  readonly id: string;
  readonly part: number;
}

/** Before every execution, in a listing that begins with the newest. */
export const beginning: ListingPosition = {
  startDate: Number.MAX_SAFE_INTEGER,
  id: "0",
  part: 0,
};

const form = /^(-?\d{1,16})_(\d{1,19})_(\d{1,9})$/;

/** A position as the opaque text of `Page.next`. */
export function encodeListing({ startDate, id, part }: ListingPosition): string {
  return `${startDate}_${id}_${part}`;
}

/** Reads what {@link encodeListing} wrote; any other text is a mistake of the caller. */
export function decodeListing(text: string): ListingPosition {
  const [, startDate, id, part] = form.exec(text) ?? [];
  if (startDate === undefined || id === undefined || part === undefined) {
    throw new RangeError(`not the position of a page: ${text}`);
  }
  return { startDate: Number(startDate), id, part: Number(part) };
}
