import { randomBytes, randomInt } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** *Documented*: IAM identifiers, unique ids and their prefixes. */
const prefixes = {
  user: "AIDA",
  group: "AGPA",
  role: "AROA",
  policy: "ANPA",
  accessKey: "AKIA",
  sessionKey: "ASIA",
} as const;

/** An id as AWS gives them: `AIDA` and 16 letters and digits more, random. */
export function uniqueId(kind: keyof typeof prefixes): string {
  return prefixes[kind] + Array.from({ length: 16 }, () => letters[randomInt(32)]).join("");
}

/** The secret of an access key: 40 characters, as AWS's have. */
export function newSecret(): string {
  return randomBytes(30).toString("base64");
}
