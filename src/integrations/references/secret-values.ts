import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { Clock } from "../../ports/clock.ts";
import { installCommand } from "../aws/call-failures.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import type { TaskRole } from "../aws/task-role.ts";
import type { Service } from "../described/service-call.ts";
import { filledText, type References } from "./filled-text.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";

export type SecretValue =
  | { readonly value: string; readonly isSecret: boolean }
  /** A sentence on why there is none; it never holds a secret. */
  | { readonly problem: string };

/** Finds secrets with a role. */
export interface SecretValues {
  /** Absent: with the configured credentials. */
  as(role: TaskRole | undefined): SecretReader;
}

/** Finds what the texts of the configuration stand for. */
export interface SecretReader {
  /** `${NAME}` and `${file:PATH}` in the text are filled in; a text that is a secret's ARN is the secret. */
  of(text: string): Promise<SecretValue>;
  /** A secret as it is. */
  secret(arn: string): Promise<SecretValue>;
}

/** Our choice: how long a secret that was read is used, so that a crowd of tasks asks for it once. */
const keptMs = 60_000;
const mostKept = 1_000;

/** Where secrets are that an ARN names; *documented*: GetSecretValue and GetParameter take ARNs. */
interface Keeper {
  readonly name: string;
  readonly service: "secretsManager" | "parameterStore";
  readonly operation: string;
  readonly arn: RegExp;
  readonly parameters: (arn: string) => JsonObject;
  readonly text: (output: JsonObject) => JsonValue | undefined;
}

const keepers: readonly Keeper[] = [
  {
    name: "Secrets Manager",
    service: "secretsManager",
    operation: "getSecretValue",
    arn: /^arn:[^:]+:secretsmanager:([^:]+):[^:]*:secret:[^#]+$/,
    parameters: (arn) => ({ SecretId: arn }),
    text: ({ SecretString }) => SecretString,
  },
  {
    name: "the Parameter Store",
    service: "parameterStore",
    operation: "getParameter",
    arn: /^arn:[^:]+:ssm:([^:]+):[^:]*:parameter\/[^#]+$/,
    parameters: (arn) => ({ Name: arn, WithDecryption: true }),
    text: ({ Parameter }) => (isJsonObject(Parameter) ? ownMember(Parameter, "Value") : undefined),
  },
];

/** Whether the text is the ARN of a secret, with or without the member of one that is a JSON object. */
export function isSecretArn(text: string): boolean {
  const [arn = ""] = text.split("#", 1);
  return keepers.some((keeper) => keeper.arn.test(arn));
}

const never = new AbortController().signal;

export function createSecretValues(options: {
  readonly secretsManager: Service;
  /** Of Systems Manager. */
  readonly parameterStore: Service;
  readonly clock: Clock;
  readonly references: References;
}): SecretValues {
  const { clock, references } = options;
  const kept = new BoundedMap<
    string,
    { readonly until: number; readonly value: Promise<SecretValue> }
  >(mostKept);

  async function read(
    keeper: Keeper,
    arn: string,
    region: string,
    role: TaskRole | undefined,
  ): Promise<SecretValue> {
    const answer = await options[keeper.service](
      region,
      role,
    )({
      operation: keeper.operation,
      parameters: keeper.parameters(arn),
      style: optimizedStyle([]),
      signal: never,
    });
    switch (answer.type) {
      case "answered": {
        const text = keeper.text(answer.output);
        if (typeof text === "string") return { value: text, isSecret: true };
        return { problem: `the secret ${arn} has no text` };
      }
      case "refused":
        return {
          problem: `${keeper.name} does not give the secret ${arn}: ${answer.refusal.code}`,
        };
      case "notInstalled":
        return {
          problem: `the secret ${arn} is read with the package ${answer.packageName}, which is not installed: ${installCommand(answer.packageName)}`,
        };
      case "notAssumed":
        return { problem: `the secret ${arn} may not be read: ${answer.cause}` };
      default:
        return { problem: `${keeper.name} could not be asked for the secret ${arn}` };
    }
  }

  function secret(arn: string, role: TaskRole | undefined): Promise<SecretValue> {
    const keeper = keepers.find((one) => one.arn.test(arn));
    const [, region] = keeper?.arn.exec(arn) ?? [];
    if (keeper === undefined || region === undefined)
      return Promise.resolve({ problem: `${arn} is no secret's ARN` });
    // What one role may read is not for another.
    const key = `${arn}${asRole(role)}`;
    const known = kept.get(key);
    if (known !== undefined && clock.now() < known.until) return known.value;
    const value = read(keeper, arn, region, role);
    kept.set(key, { until: clock.now() + keptMs, value });
    // What was not found may be there the next time.
    value.then(
      (found) => "problem" in found && kept.delete(key),
      () => kept.delete(key),
    );
    return value;
  }

  const reader = (role: TaskRole | undefined): SecretReader => ({
    secret: (arn) => secret(arn, role),
    async of(text) {
      const [arn = "", member] = text.split("#", 2);
      if (isSecretArn(arn)) {
        const found = await secret(arn, role);
        return member === undefined || "problem" in found
          ? found
          : memberOf(found.value, arn, member);
      }
      const filled = filledText(text, references);
      if ("problem" in filled) return filled;
      return { value: filled.text, isSecret: filled.text !== text };
    },
  });
  return { as: reader };
}

/** Tells what is kept for one role from what is kept for another. */
export function asRole(role: TaskRole | undefined): string {
  return role === undefined ? "" : ` as ${role.chain.join(" ")}`;
}

function memberOf(text: string, arn: string, member: string): SecretValue {
  try {
    const parsed = parseJson(text);
    const found = isJsonObject(parsed) ? ownMember(parsed, member) : undefined;
    if (typeof found === "string") return { value: found, isSecret: true };
  } catch {
    // The same answer.
  }
  return { problem: `the secret ${arn} is no JSON object with a text '${member}'` };
}
