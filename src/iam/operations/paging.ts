import { iamErrors } from "./iam-error.ts";
import type { Answer, AnswerValue } from "./operation.ts";

/** *Documented*: IAM, `MaxItems`. */
const usualItems = 100;

export interface PageInput {
  readonly Marker: string | undefined;
  readonly MaxItems: number | undefined;
}

/** A page of a listing, as IAM answers it under `member`. `keyOf` tells items apart and is what the marker remembers. */
export function pageOf<T>(
  member: string,
  items: readonly T[],
  { keyOf, shown }: { keyOf: (item: T) => string; shown: (item: T) => AnswerValue },
  { Marker, MaxItems = usualItems }: PageInput,
): Answer {
  const start = Marker === undefined ? 0 : placeAfter(items.map(keyOf), Marker);
  const page = items.slice(start, start + MaxItems);
  const last = page.at(-1);
  const isTruncated = last !== undefined && start + MaxItems < items.length;
  return {
    [member]: page.map(shown),
    IsTruncated: isTruncated,
    ...(isTruncated && { Marker: Buffer.from(keyOf(last)).toString("base64url") }),
  };
}

function placeAfter(keys: readonly string[], marker: string): number {
  const key = Buffer.from(marker, "base64url").toString();
  const place = keys.indexOf(key);
  if (place >= 0) return place + 1;
  // What it names may be gone meanwhile; keys are in order where they can be.
  const next = keys.findIndex((each) => each > key);
  if (key === "" || /[^\w+=,.@/:-]/.test(key)) throw iamErrors.invalid(`Invalid Marker: ${marker}`);
  return next < 0 ? keys.length : next;
}
