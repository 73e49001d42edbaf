import type { JsonObject } from "../../expression/json.ts";
import { type Caller, userArn } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import { ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { flagOf, requiredText, shownText, structuresOf, textOf, textsOf } from "../members.ts";
import { parameterArn, type ParameterRecord } from "./parameter-record.ts";
import { checkedName, nameAndVersion, type Parameters } from "./parameters.ts";
import { parameterNotFound } from "./read-parameters.ts";

/** *Documented*: 4 KB; 8 KB of advanced parameters. Names of one DeleteParameters. */
const longestValue = 4_096;
const longestAdvanced = 8_192;
const mostNames = 10;

const types = ["String", "StringList", "SecureString"] as const;

export function writeOperations(
  parameters: Parameters,
  clock: Pick<Clock, "now">,
): { readonly [name: string]: ServiceOperation } {
  return {
    PutParameter: {
      prepare({ members }, { caller }) {
        const name = checkedName(requiredText(members, "Name"));
        const value = requiredText(members, "Value");
        const type = types.find((one) => one === textOf(members, "Type"));
        const isAdvanced = textOf(members, "Tier") === "Advanced";
        if (Buffer.byteLength(value) > (isAdvanced ? longestAdvanced : longestValue)) {
          throw new ServiceError(
            "ValidationException",
            isAdvanced
              ? `Advanced tier parameters support a maximum parameter value of ${longestAdvanced} characters.`
              : `Standard tier parameters support a maximum parameter value of ${longestValue} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`,
          );
        }
        if (type === undefined && textOf(members, "Type") !== undefined) throw noSuchType();
        if (textOf(members, "AllowedPattern") !== undefined) throw noPatterns();
        const isOverwritten = flagOf(members, "Overwrite");
        const tags = Object.fromEntries(
          structuresOf(members, "Tags").map((tag) => [
            requiredText(tag, "Key"),
            textOf(tag, "Value") ?? "",
          ]),
        );
        return {
          access: [{ action: "ssm:PutParameter", resource: parameterArn(caller, name) }],
          async perform() {
            let version = 1;
            await parameters.update(caller.region, name, (before) => {
              if (before !== undefined && !isOverwritten) {
                throw new ServiceError(
                  "ParameterAlreadyExists",
                  "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
                );
              }
              if (before === undefined && type === undefined) throw noSuchType();
              version = (before?.version ?? 0) + 1;
              return {
                ...before,
                ...given(members),
                name,
                value,
                version,
                type: type ?? before?.type ?? "String",
                lastModified: clock.now(),
                lastModifiedUser: userArn(caller),
                ...(Object.keys(tags).length > 0 && { tags }),
              };
            });
            return { members: { Version: version, Tier: isAdvanced ? "Advanced" : "Standard" } };
          },
        };
      },
    },

    DeleteParameter: {
      prepare({ members }, { caller }) {
        const { name } = nameAndVersion(requiredText(members, "Name"));
        return {
          access: [{ action: "ssm:DeleteParameter", resource: parameterArn(caller, name) }],
          async perform() {
            await parameters.update(caller.region, name, (before) => {
              if (before === undefined) throw parameterNotFound(name);
              return undefined;
            });
            return { members: {} };
          },
        };
      },
    },

    DeleteParameters: {
      prepare({ members }, { caller }) {
        const names = textsOf(members, "Names").slice(0, mostNames);
        return {
          access: names.map((name) => ({
            action: "ssm:DeleteParameters",
            resource: parameterArn(caller, name),
          })),
          async perform() {
            const DeletedParameters: string[] = [];
            for (const name of names) {
              await parameters.update(caller.region, name, (before) => {
                if (before !== undefined) DeletedParameters.push(name);
                return undefined;
              });
            }
            const InvalidParameters = names.filter((name) => !DeletedParameters.includes(name));
            return { members: { DeletedParameters, InvalidParameters } };
          },
        };
      },
    },

    AddTagsToResource: {
      prepare({ members }, { caller }) {
        const name = requiredText(members, "ResourceId");
        const tags = structuresOf(members, "Tags").map(
          (tag) => [requiredText(tag, "Key"), textOf(tag, "Value") ?? ""] as const,
        );
        return tagging("ssm:AddTagsToResource", caller, name, (before) => ({
          ...before,
          ...Object.fromEntries(tags),
        }));
      },
    },

    RemoveTagsFromResource: {
      prepare({ members }, { caller }) {
        const name = requiredText(members, "ResourceId");
        const keys = textsOf(members, "TagKeys");
        return tagging("ssm:RemoveTagsFromResource", caller, name, (before) =>
          Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key))),
        );
      },
    },

    ListTagsForResource: {
      prepare({ members }, { caller }) {
        const name = requiredText(members, "ResourceId");
        return {
          access: [{ action: "ssm:ListTagsForResource", resource: parameterArn(caller, name) }],
          async perform() {
            const found = await parameters.get(caller.region, name);
            if (found === undefined) throw invalidResource(name);
            const TagList = Object.entries(found.tags ?? {}).map(([Key, Value]) => ({
              Key,
              Value: shownText(Value),
            }));
            return { members: { TagList } };
          },
        };
      },
    },
  };

  function tagging(
    action: string,
    caller: Caller,
    name: string,
    change: (tags: NonNullable<ParameterRecord["tags"]>) => NonNullable<ParameterRecord["tags"]>,
  ) {
    return {
      access: [{ action, resource: parameterArn(caller, name) }],
      async perform() {
        await parameters.update(caller.region, name, (before) => {
          if (before === undefined) throw invalidResource(name);
          const tags = change(before.tags ?? {});
          if (Object.keys(tags).length > mostTags) {
            throw new ServiceError("TooManyTagsError", `A parameter has at most ${mostTags} tags`);
          }
          return { ...before, tags };
        });
        return { members: {} };
      },
    };
  }
}

/** *Documented*. */
const mostTags = 50;

function invalidResource(name: string): ServiceError {
  return new ServiceError(
    "InvalidResourceId",
    `The resource ID ${name} is not valid. Verify that you entered the correct ID and try again.`,
  );
}

function noSuchType(): ServiceError {
  return new ServiceError(
    "ValidationException",
    "A parameter type is required when you create a parameter: String, StringList or SecureString.",
  );
}

/** Members that are kept as they are given. */
function given(members: JsonObject) {
  const kept = {
    description: textOf(members, "Description"),
    keyId: textOf(members, "KeyId"),
    tier: textOf(members, "Tier"),
    dataType: textOf(members, "DataType"),
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** *Our choice*: an expression of a caller's could hold up everybody, and none may run as code. */
function noPatterns(): ServiceError {
  return new ServiceError(
    "InvalidAllowedPatternException",
    "Stepwell compares no values with patterns: leave AllowedPattern out.",
  );
}
