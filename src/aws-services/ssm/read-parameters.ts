import { ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { flagOf, numberOf, requiredText, structuresOf, textOf, textsOf } from "../members.ts";
import {
  parameterArn,
  type ParameterRecord,
  shownMetadata,
  shownParameter,
} from "./parameter-record.ts";
import { nameAndVersion, type Parameters } from "./parameters.ts";

/** *Documented*: names of one GetParameters; a page of GetParametersByPath and of DescribeParameters. */
const mostNames = 10;
const pageByPath = 10;
const pageOfMetadata = 50;

export function readOperations(parameters: Parameters): {
  readonly [name: string]: ServiceOperation;
} {
  /** The version that is asked for, which must be the latest: earlier ones are not kept. */
  async function find(region: string, text: string): Promise<ParameterRecord | undefined> {
    const { name, version } = nameAndVersion(text);
    const found =
      (await parameters.get(region, name)) ??
      // The ARN of a name without a path has a slash more.
      (text.startsWith("arn:") ? await parameters.get(region, name.slice(1)) : undefined);
    if (found === undefined || version === undefined || version === found.version) return found;
    throw new ServiceError(
      "ParameterVersionNotFound",
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }

  return {
    GetParameter: {
      prepare({ members }, { caller }) {
        const text = requiredText(members, "Name");
        const isDecrypted = flagOf(members, "WithDecryption");
        const { name } = nameAndVersion(text);
        return {
          access: [{ action: "ssm:GetParameter", resource: parameterArn(caller, name) }],
          async perform() {
            const found = await find(caller.region, text);
            if (found === undefined) throw parameterNotFound(name);
            const arn = parameterArn(caller, found.name);
            return { members: { Parameter: shownParameter(found, arn, isDecrypted) } };
          },
        };
      },
    },

    GetParameters: {
      prepare({ members }, { caller }) {
        const names = textsOf(members, "Names");
        if (names.length === 0 || names.length > mostNames) {
          throw new ServiceError(
            "ValidationException",
            `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${mostNames}`,
          );
        }
        const isDecrypted = flagOf(members, "WithDecryption");
        return {
          access: names.map((text) => ({
            action: "ssm:GetParameters",
            resource: parameterArn(caller, nameAndVersion(text).name),
          })),
          async perform() {
            const found = await Promise.all(
              names.map((text) => find(caller.region, text).catch(() => undefined)),
            );
            return {
              members: {
                Parameters: found.flatMap((record) =>
                  record === undefined
                    ? []
                    : [shownParameter(record, parameterArn(caller, record.name), isDecrypted)],
                ),
                InvalidParameters: names.filter((_, index) => found[index] === undefined),
              },
            };
          },
        };
      },
    },

    GetParametersByPath: {
      prepare({ members }, { caller }) {
        const path = requiredText(members, "Path");
        if (!path.startsWith("/")) {
          throw new ServiceError(
            "ValidationException",
            `The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/".`,
          );
        }
        const isRecursive = flagOf(members, "Recursive");
        const isDecrypted = flagOf(members, "WithDecryption");
        const most = numberOf(members, "MaxResults", {
          usual: pageByPath,
          least: 1,
          most: pageByPath,
        });
        const prefix = path.endsWith("/") ? path : `${path}/`;
        const after = keyOfToken(textOf(members, "NextToken")) ?? prefix;
        return {
          access: [{ action: "ssm:GetParametersByPath", resource: parameterArn(caller, path) }],
          async perform() {
            const page = await pageOf(
              parameters.all(caller.region, prefix, after),
              ({ name }) => isRecursive || !name.slice(prefix.length).includes("/"),
              most,
            );
            return {
              members: {
                Parameters: page.records.map((record) =>
                  shownParameter(record, parameterArn(caller, record.name), isDecrypted),
                ),
                NextToken: page.next,
              },
            };
          },
        };
      },
    },

    DescribeParameters: {
      prepare({ members }, { caller }) {
        const filters = [
          ...structuresOf(members, "ParameterFilters"),
          ...structuresOf(members, "Filters"),
        ].map((filter) => ({
          key: requiredText(filter, "Key"),
          option: textOf(filter, "Option") ?? "Equals",
          values: textsOf(filter, "Values"),
        }));
        const unknown = filters.find(({ key }) => !["Name", "Type"].includes(key));
        if (unknown !== undefined) {
          throw new ServiceError(
            "InvalidFilterKey",
            `Stepwell filters parameters by Name and Type, not by ${unknown.key}`,
          );
        }
        const most = numberOf(members, "MaxResults", {
          usual: pageOfMetadata,
          least: 1,
          most: pageOfMetadata,
        });
        const after = keyOfToken(textOf(members, "NextToken")) ?? "";
        return {
          access: [{ action: "ssm:DescribeParameters", resource: "*" }],
          async perform() {
            const page = await pageOf(
              parameters.all(caller.region, "", after),
              (record) => filters.every((filter) => matches(record, filter)),
              most,
            );
            return {
              members: {
                Parameters: page.records.map((record) =>
                  shownMetadata(record, parameterArn(caller, record.name)),
                ),
                NextToken: page.next,
              },
            };
          },
        };
      },
    },
  };
}

export function parameterNotFound(name: string): ServiceError {
  return new ServiceError("ParameterNotFound", `Parameter ${name} not found.`);
}

function matches(
  { name, type }: ParameterRecord,
  { key, option, values }: { key: string; option: string; values: readonly string[] },
): boolean {
  const text = key === "Name" ? name : type;
  switch (option) {
    case "BeginsWith":
      return values.some((value) => text.startsWith(value));
    case "Contains":
      return values.some((value) => text.includes(value));
    default:
      return values.includes(text);
  }
}

/** The first of those that are wanted, and after which name to go on. */
async function pageOf(
  records: AsyncIterable<ParameterRecord>,
  isWanted: (record: ParameterRecord) => boolean,
  most: number,
): Promise<{ readonly records: readonly ParameterRecord[]; readonly next?: string }> {
  const page: ParameterRecord[] = [];
  for await (const record of records) {
    if (!isWanted(record)) continue;
    const last = page.at(-1);
    if (page.length === most && last !== undefined) {
      return { records: page, next: Buffer.from(last.name).toString("base64url") };
    }
    page.push(record);
  }
  return { records: page };
}

function keyOfToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, "base64url").toString();
}
