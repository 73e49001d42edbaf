/**
 * What a policy says, from its JSON and by definition: no compiling, no sharing, no speed. It knows what {@link documents} are
 * made of, and of that nothing that cannot be said.
 */
export interface RawStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: RawCondition;
}

export interface RawCondition {
  readonly [operator: string]: { readonly [key: string]: readonly string[] };
}

export interface RawQuestion {
  readonly action: string;
  readonly resource: string;
  readonly context: { readonly [key: string]: string | readonly string[] };
}

export function referenceAllows(
  statements: readonly RawStatement[],
  question: RawQuestion,
): boolean {
  const matching = statements.filter((statement) => matches(statement, question));
  if (matching.some(({ Effect }) => Effect === "Deny")) return false;
  return matching.length > 0;
}

function matches(statement: RawStatement, question: RawQuestion): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isAction = (pattern: string) =>
    like(pattern.toLowerCase(), question.action.toLowerCase(), {});
  const isResource = (pattern: string) => like(pattern, question.resource, question.context);
  if (Action && !Action.some(isAction)) return false;
  if (NotAction?.some(isAction)) return false;
  if (Resource && !Resource.some(isResource)) return false;
  if (NotResource?.some(isResource)) return false;
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys)) {
      if (!condition(operator, key, values, question.context)) return false;
    }
  }
  return true;
}

function condition(
  written: string,
  key: string,
  values: readonly string[],
  context: RawQuestion["context"],
): boolean {
  const found = lookUp(context, key);
  const given = found === undefined ? [] : [found].flat();
  if (written === "Null") return values.includes(given.length === 0 ? "true" : "false");
  const ifExists = written.endsWith("IfExists");
  const [set, name] = written.replace("IfExists", "").includes(":")
    ? written.replace("IfExists", "").split(":")
    : [undefined, written.replace("IfExists", "")];
  if (given.length === 0 && ifExists) return true;
  const one = (value: string): boolean => {
    const negated = /Not/.test(name ?? "");
    const isOne = values.some((wanted) => compare(name ?? "", wanted, value, context));
    return negated ? !isOne : isOne;
  };
  if (set === "ForAllValues") return given.filter((value) => value !== "").every(one);
  if (set === "ForAnyValue") return given.some(one);
  if (given.length === 0) return /Not/.test(name ?? "");
  return given.every(one);
}

function compare(
  name: string,
  wanted: string,
  given: string,
  context: RawQuestion["context"],
): boolean {
  switch (name.replace("Not", "")) {
    case "StringEquals":
      return fill(wanted, context, (text) => text) === given;
    case "StringEqualsIgnoreCase":
      return fill(wanted, context, (text) => text).toLowerCase() === given.toLowerCase();
    case "StringLike":
      return like(wanted, given, context);
    case "NumericEquals":
      return Number(given) === Number(wanted);
    case "NumericLessThan":
      return Number(given) < Number(wanted);
    case "NumericGreaterThanEquals":
      return Number(given) >= Number(wanted);
    case "DateLessThan":
      return Date.parse(given) < Date.parse(wanted);
    case "Bool":
      return given === wanted;
    case "IpAddress": {
      const [address = "", prefix = "32"] = wanted.split("/");
      const size = 2 ** (32 - Number(prefix));
      return Math.floor(numberOf(address) / size) === Math.floor(numberOf(given) / size);
    }
    default:
      throw new Error(name);
  }
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function lookUp(
  context: RawQuestion["context"],
  key: string,
): string | readonly string[] | undefined {
  const name = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : context[name];
}

/** The text with its variables filled in; `quote` is for what then is no wildcard. */
function fill(
  text: string,
  context: RawQuestion["context"],
  quote: (text: string) => string,
): string {
  return text.replaceAll(/\$\{([^},]*)(?:, '([^']*)')?\}/g, (_, key: string, otherwise: string) => {
    if (key === "*" || key === "?" || key === "$") return quote(key);
    const value = lookUp(context, key);
    return quote(typeof value === "string" ? value : otherwise);
  });
}

/** Letter by letter; what is quoted has a mark before each letter. */
function like(pattern: string, text: string, context: RawQuestion["context"]): boolean {
  const quote = (value: string) => value.replaceAll(/./g, "\\$&");
  return letters(fill(pattern, context, quote), text);
}

function letters(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("\\")) {
    return (
      text.startsWith(pattern.charAt(1)) && text !== "" && letters(pattern.slice(2), text.slice(1))
    );
  }
  if (pattern.startsWith("*")) {
    return letters(pattern.slice(1), text) || (text !== "" && letters(pattern, text.slice(1)));
  }
  if (text === "") return false;
  const isOne = pattern.startsWith("?") || pattern.charAt(0) === text.charAt(0);
  return isOne && letters(pattern.slice(1), text.slice(1));
}
