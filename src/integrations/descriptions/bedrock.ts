import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { bedrock as actions } from "../../asl/resources/integrations/bedrock.ts";
import type { ServiceDescription } from "../described/description.ts";
import { invalidField, missingField } from "../invalid-parameters.ts";
import { statusAt } from "../jobs/status-at.ts";

/** Documented: InvokeModel takes bodies up to 25,000,000 bytes. */
const longestBody = 25_000_000;

const json = "application/json";

/**
 * `arn:aws:states:::bedrock:invokeModel`, also with `.waitForTaskToken`, and `createModelCustomizationJob`, also with `.sync`.
 *
 * *Documented*: `Body` is JSON, in the request and in the result; `Input` names an object whose content and content type
 * take its place, `Output` an object that takes the answer's body, which is then replaced with a reference to it.
 */
export const bedrock: ServiceDescription<keyof typeof actions> = {
  service: "bedrock",
  calls: { client: "bedrock" },
  wording: { sdk: 2, errorPrefix: "Bedrock" },
  actions: {
    invokeModel: {
      client: "bedrockruntime",
      permission: {
        action: "bedrock:InvokeModel",
        resource: {
          parameters: ["ModelId"],
          as: "name",
          arn: "arn:{partition}:bedrock:{region}::foundation-model/{name}",
        },
      },
      refuse: (parameters) => {
        const isMissing = isNull(parameters, "Body") && isNull(parameters, "Input");
        const isDouble = !isNull(parameters, "Body") && !isNull(parameters, "Input");
        return [
          ...(isMissing ? [missingField("Body")] : []),
          ...(isDouble ? ["The fields 'Body' and 'Input' cannot be specified together"] : []),
          ...["Input", "Output"]
            .filter((name) => !isNull(parameters, name) && place(parameters, name) === undefined)
            .map((name) => invalidField(`${name}.S3Uri`)),
        ];
      },
      // Documented for both: the defaults.
      complete: (parameters) => ({
        Accept: json,
        ...(isNull(parameters, "Input") ? { ContentType: json } : {}),
        ...without(parameters, isNull(parameters, "Input") ? ["Input", "Output"] : ["Output"]),
      }),
      before: {
        client: "s3",
        operation: "getObject",
        permission: {
          action: "s3:GetObject",
          resource: { parameters: ["Input.S3Uri"], as: "object URI" },
        },
        documents: ["Body"],
        mostBytes: longestBody,
        parameters: (parameters) => place(parameters, "Input"),
        found: (object, parameters) => ({
          parameters: {
            ContentType: object["ContentType"] ?? json,
            ...without(parameters, ["Input"]),
            Body: object["Body"] ?? "",
          },
        }),
      },
      answer: (answer) => ({ ...answer, Body: parsed(answer["Body"] ?? null) }),
      after: {
        client: "s3",
        operation: "putObject",
        permission: {
          action: "s3:PutObject",
          resource: { parameters: ["Output.S3Uri"], as: "object URI" },
        },
        documents: ["Body"],
        parameters: (answer, parameters) => {
          const to = place(parameters, "Output");
          if (to === undefined) return undefined;
          return {
            ...to,
            Body: answer["Body"] ?? null,
            ContentType: answer["ContentType"] ?? json,
          };
        },
        answer: (answer, { Output = null }) => ({
          ...answer,
          Body: (isJsonObject(Output) ? ownMember(Output, "S3Uri") : undefined) ?? null,
        }),
      },
    },
    createModelCustomizationJob: {
      permission: { action: "bedrock:CreateModelCustomizationJob" },
      job: {
        ends: "by look",
        idempotencyKey: "ClientRequestToken",
        key: { JobIdentifier: "submission.JobArn" },
        look: {
          operation: "getModelCustomizationJob",
          permission: "bedrock:GetModelCustomizationJob",
        },
        status: statusAt("Status", { succeeded: ["Completed"], failed: ["Failed", "Stopped"] }),
        cancel: {
          operation: "stopModelCustomizationJob",
          permission: "bedrock:StopModelCustomizationJob",
        },
      },
    },
  },
};

function isNull(parameters: JsonObject, name: string): boolean {
  return (ownMember(parameters, name) ?? null) === null;
}

function without(parameters: JsonObject, names: readonly string[]): JsonObject {
  const left = Object.entries(parameters).filter(([name]) => !names.includes(name));
  return Object.fromEntries(left);
}

/** The object that `S3Uri` of a parameter names: `s3://bucket/key`; `undefined` if it names none. */
function place(parameters: JsonObject, name: string): JsonObject | undefined {
  const value = ownMember(parameters, name);
  const uri = value !== undefined && isJsonObject(value) ? ownMember(value, "S3Uri") : undefined;
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(typeof uri === "string" ? uri : "") ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}

/** A body that is not JSON is text. Our choice. */
function parsed(body: JsonValue): JsonValue {
  if (typeof body !== "string") return body;
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}
