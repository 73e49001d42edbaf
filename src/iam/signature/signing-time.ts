import { type SignatureRefusal, refusals } from "./refusal.ts";
import { headerValues, type SignedRequest } from "./signed-request.ts";

export interface SigningTime {
  readonly at: number;
  /** `20261127T101500Z`. */
  readonly text: string;
  /** The header that says so. */
  readonly header: "x-amz-date" | "date";
}

/** Most requests are signed in the same second as the one before. */
let latest: SigningTime | undefined;

/** When a request says that it was signed; `undefined`: it does not. *Documented*: `X-Amz-Date` goes before `Date`. */
export function signedAtOf(request: SignedRequest): SigningTime | SignatureRefusal | undefined {
  for (const header of ["x-amz-date", "date"] as const) {
    const [text, another] = headerValues(request, header);
    if (text === undefined) continue;
    if (another === undefined && text === latest?.text && header === latest.header) return latest;
    const at = another === undefined ? timeOf(text) : undefined;
    if (at === undefined) {
      return refusals.unreadable(
        `Date must be in ISO-8601 'basic format'. Got '${text.slice(0, 40)}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      );
    }
    latest = { at, text: basicDate(at), header };
    return latest;
  }
  return undefined;
}

/** `20261127T101500Z`, or a date of HTTP. */
function timeOf(text: string): number | undefined {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const time =
    basic === null
      ? /^[A-Z][a-z]{2}, [^,]+ GMT$/.test(text)
        ? Date.parse(text)
        : Number.NaN
      : Date.UTC(
          Number(basic[1]),
          Number(basic[2]) - 1,
          Number(basic[3]),
          Number(basic[4]),
          Number(basic[5]),
          Number(basic[6]),
        );
  if (Number.isNaN(time)) return undefined;
  // `20261332T…` is no date, though it can be counted on from.
  return basic === null || basicDate(time) === text ? time : undefined;
}

/** `20261127T101500Z`. */
export function basicDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}
