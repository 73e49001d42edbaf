import { type SignatureRefusal, refusals } from "./refusal.ts";
import type { CredentialScope } from "./signing-keys.ts";

export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = "AWS4-HMAC-SHA256";
/** Our choices: far above what clients sign, so that looking for a header among them stays cheap. */
const maxLength = 8_192;
const maxSignedHeaders = 64;

/** Headers that were read, but for their signatures: a client's requests of a day have the same. All are forgotten when it is full. */
const remembered = new Map<string, Omit<Authorization, "signature">>();
/** Our choice: as many clients, with what they sign. */
const maxRemembered = 256;
const signatureDigits = 64;

/**
 * Takes `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` apart. *Documented*, with the names of what is missing as
 * AWS has them.
 */
export function parseAuthorization(
  header: string,
  hasDate: boolean,
): Authorization | SignatureRefusal {
  const known = hasDate ? remembered.get(header.slice(0, -signatureDigits)) : undefined;
  if (known !== undefined) return withSignature(known, header.slice(-signatureDigits));
  const trimmed = header.trim();
  const blank = trimmed.indexOf(" ");
  const scheme = blank < 0 ? trimmed : trimmed.slice(0, blank);
  // A token for something else is no signature at all.
  if (!scheme.startsWith("AWS")) return refusals.missing();
  if (scheme !== algorithm) return refusals.algorithm(scheme);
  if (trimmed.length > maxLength) return refusals.unreadable("The Authorization is too long");
  const parameters = blank < 0 ? {} : parametersOf(trimmed.slice(blank + 1));
  if (parameters === undefined) {
    return refusals.unreadable("A parameter of the Authorization is given twice, or has no name");
  }
  const { Credential, Signature, SignedHeaders } = parameters;
  if (!Credential || !Signature || !SignedHeaders || !hasDate) {
    return refusals.incomplete([
      ...(Credential ? [] : ["'Credential' parameter"]),
      ...(Signature ? [] : ["'Signature' parameter"]),
      ...(SignedHeaders ? [] : ["'SignedHeaders' parameter"]),
      ...(hasDate ? [] : ["existence of either a 'X-Amz-Date' or a 'Date' header"]),
    ]);
  }
  const [accessKeyId, date, region, service, terminator, ...more] = Credential.split("/");
  if (
    !accessKeyId ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    more.length > 0
  ) {
    return refusals.unreadable(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term",
    );
  }
  const signedHeaders = SignedHeaders.split(";");
  if (!isSorted(signedHeaders) || signedHeaders.length > maxSignedHeaders) {
    return refusals.unreadable(
      "SignedHeaders must be names in lower case, each once, sorted and separated by ';'",
    );
  }
  const claims = { accessKeyId, scope: { date, region, service }, terminator, signedHeaders };
  if (Signature.length === signatureDigits && header.endsWith(`Signature=${Signature}`)) {
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(header.slice(0, -signatureDigits), claims);
  }
  return withSignature(claims, Signature);
}

function withSignature(
  claims: Omit<Authorization, "signature">,
  signature: string,
): Authorization | SignatureRefusal {
  if (!/^[0-9a-f]{64}$/.test(signature)) return refusals.mismatch();
  return { ...claims, signature };
}

interface Parameters {
  Credential?: string;
  SignedHeaders?: string;
  Signature?: string;
}

/** `undefined`: not of the form. What is not known is passed over. */
function parametersOf(text: string): Readonly<Parameters> | undefined {
  const parameters: Parameters = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (name === "") return undefined;
    if (name !== "Credential" && name !== "SignedHeaders" && name !== "Signature") continue;
    if (parameters[name] !== undefined) return undefined;
    parameters[name] = part.slice(equals + 1).trim();
  }
  return parameters;
}

function isSorted(names: readonly string[]): boolean {
  for (const [index, name] of names.entries()) {
    if (name === "" || name !== name.toLowerCase()) return false;
    const before = names[index - 1];
    if (before !== undefined && before >= name) return false;
  }
  return true;
}
