import { MalformedPolicy, placedAt } from "./policy-problem.ts";
import type { PolicyPrincipal, TrustedBy } from "./question.ts";
import { type PlacedJson, syntaxErrors } from "./placed-json.ts";
import { textsOf } from "./texts.ts";

/** Whom a statement of a trust policy is about: `Principal`, or everybody but those of `NotPrincipal`. */
export interface PrincipalElement {
  readonly isNegated: boolean;
  readonly everybody: boolean;
  readonly accounts: ReadonlySet<string>;
  /** Of users, roles and sessions. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Issuers without `https://`. */
  readonly federated: ReadonlySet<string>;
}

/** How the statement knows who asks; `undefined`: it is not about him. */
export function trustedBy(
  element: PrincipalElement,
  principal: PolicyPrincipal,
): TrustedBy | undefined {
  const named = namedBy(element, principal);
  if (!element.isNegated) return named;
  return named === undefined ? "account" : undefined;
}

function namedBy(element: PrincipalElement, principal: PolicyPrincipal): TrustedBy | undefined {
  const { arns, accountId, service, federated } = principal;
  const isNamed =
    arns.some((arn) => element.arns.has(arn)) ||
    (service !== undefined && element.services.has(service)) ||
    (federated !== undefined && element.federated.has(issuerOf(federated)));
  if (isNamed) return "principal";
  const isOfAccount = accountId !== undefined && element.accounts.has(accountId);
  if (element.everybody) return "everybody";
  return isOfAccount ? "account" : undefined;
}

/** The element that a trust policy's text has. Throws {@link MalformedPolicy} for what nobody is. */
export function parsePrincipal(element: PlacedJson, isNegated: boolean): PrincipalElement {
  const found: Found = {
    everybody: false,
    accounts: new Set(),
    arns: new Set(),
    services: new Set(),
    federated: new Set(),
  };
  if (element.type === "string" && element.text === "*") found.everybody = true;
  else if (element.type !== "object") throw new MalformedPolicy(syntaxErrors, element.at);
  else {
    for (const [kind, given] of element.members) {
      for (const { at, text } of textsOf(given)) placedAt(at, () => note(found, kind, text));
    }
  }
  return { isNegated, ...found };
}

interface Found {
  everybody: boolean;
  readonly accounts: Set<string>;
  readonly arns: Set<string>;
  readonly services: Set<string>;
  readonly federated: Set<string>;
}

/** *Documented*: an account by its number, or by the ARN of its root user. */
const account = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;

/** *Documented*: other wildcards than `*` alone name nobody. */
const identity =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:user|role)|sts::\d{12}:(?:assumed-role|federated-user))\/[^*?]+$/;

function note(found: Found, kind: string, text: string): void {
  if (kind === "AWS" && text === "*") found.everybody = true;
  else if (kind === "AWS") noteAws(found, text);
  else if (kind === "Service" && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text)) {
    found.services.add(text);
  } else if (kind === "Federated" && text !== "" && !/[*?]/.test(text)) {
    found.federated.add(issuerOf(text));
  } else throw invalid(kind, text);
}

function noteAws(found: Found, text: string): void {
  const [, accountId] = account.exec(text) ?? [];
  if (accountId !== undefined) found.accounts.add(accountId);
  else if (identity.test(text)) found.arns.add(text);
  else throw invalid("AWS", text);
}

/** *Observed*: `Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/gone"`. */
function invalid(kind: string, text: string): MalformedPolicy {
  return new MalformedPolicy(`Invalid principal in policy: "${kind}":"${text}"`);
}

/** *Documented*: policies name an issuer by the ARN that its provider has in IAM, which ends in its URL. */
function issuerOf(text: string): string {
  const provider = ":oidc-provider/";
  const at = text.indexOf(provider);
  return at < 0 ? text.replace(/^https:\/\//, "") : text.slice(at + provider.length);
}
