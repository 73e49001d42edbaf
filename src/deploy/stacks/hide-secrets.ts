import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { hiddenValue } from "./hidden-value.ts";
import type { Resources, StackContent } from "./stack-record.ts";

/** *Our choice*: shorter ones are hidden only where they are a whole value: everything has them somewhere. */
const shortestPart = 4;

/** Takes out of what is shown of a stack what its template says is not to be shown. */
export interface SecretHider {
  text(text: string): string;
  value<T extends JsonValue>(value: T): T;
  /** Whether there is something in it that is not to be shown. */
  isIn(text: string): boolean;
}

/**
 * Knows the values of parameters with `NoEcho`, and what custom resources have answered with `NoEcho`. *Documented*: CloudFormation shows asterisks in their
 * place wherever it describes a stack or its events. *Our choice*: in outputs, too.
 */
export function secretHider(
  contents: readonly Pick<StackContent, "parameters">[],
  resources: Resources,
): SecretHider {
  const ofParameters = contents.flatMap(({ parameters }) =>
    parameters.flatMap(({ noEcho, value }) =>
      noEcho ? (typeof value === "string" ? [value] : [value.join(","), ...value]) : [],
    ),
  );
  const ofResources = Object.values(resources).flatMap(({ isNoEcho, attributes }) =>
    isNoEcho === true ? textsIn(attributes) : [],
  );
  // The longest first: another may be a part of it.
  const secrets = [...new Set([...ofParameters, ...ofResources])]
    .filter((secret) => secret !== "")
    .toSorted((one, other) => other.length - one.length);
  const whole = new Set(secrets);
  // A text that is in JSON, as a definition's, is written as JSON writes it.
  const parts = secrets
    .filter(({ length }) => length >= shortestPart)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);

  function text(given: string): string {
    if (whole.has(given)) return hiddenValue;
    return parts.reduce((shown, secret) => shown.replaceAll(secret, hiddenValue), given);
  }

  function hidden(value: JsonValue): JsonValue {
    if (typeof value === "string") return text(value);
    if (isJsonArray(value)) return value.map(hidden);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner)]));
  }

  return {
    text,
    // Only texts become other texts.
    value: <T extends JsonValue>(value: T) => (secrets.length === 0 ? value : (hidden(value) as T)),
    isIn: (given) => text(given) !== given,
  };
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (isJsonArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
