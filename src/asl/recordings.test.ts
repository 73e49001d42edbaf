import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import { invalidDefinitionMessage, type Diagnostic } from "./diagnostics/diagnostic.ts";
import { parseDefinition } from "./parse-definition.ts";
import { parseSingleState } from "./parse-single-state.ts";
import { variableReferences } from "./variables/variable-references.ts";

const corpus = fileURLToPath(new URL("../../../shared/corpus/open", import.meta.url));

interface Recording {
  readonly id: string;
  readonly steps?: readonly {
    readonly call?: string;
    readonly error?: true;
    readonly args?: JsonObject;
  }[];
  readonly expect: JsonObject;
  readonly emulatorTexts?: readonly string[];
}

const recordings: readonly Recording[] = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .flatMap((name) => {
        const file = JSON.parse(readFileSync(join(corpus, name), "utf8")) as { cases: Recording[] };
        return Array.isArray(file) ? (file as Recording[]) : file.cases;
      })
  : [];

/** The value of a step's argument, with something plausible for what other steps would give. */
function valueOf(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(valueOf);
  if (!isJsonObject(value)) return value;
  const [name, inner] = Object.entries(value)[0] ?? [];
  if (Object.keys(value).length === 1 && name?.startsWith("$") && inner !== undefined) {
    if (name === "$json") return JSON.stringify(valueOf(inner));
    if (name === "$concat")
      return (inner as readonly JsonValue[]).map((part) => valueOf(part) as string).join("");
    return JSON.stringify(inner).includes("activityArn")
      ? "arn:aws:states:us-east-1:123456789012:activity:a"
      : "arn:aws:lambda:us-east-1:123456789012:function:f";
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOf(item)]));
}

interface Case {
  readonly id: string;
  readonly call: string;
  readonly args: JsonObject;
  readonly definition: string;
  readonly isRefused: boolean;
  readonly recording: Recording;
}

const cases: readonly Case[] = recordings.flatMap((recording) =>
  (recording.steps ?? []).flatMap(({ call, args, error }) => {
    const definition = args?.["definition"] === undefined ? null : valueOf(args["definition"]);
    if (call === undefined || args === undefined || typeof definition !== "string") return [];
    return [{ id: recording.id, call, args, definition, isRefused: error === true, recording }];
  }),
);

const creations = cases.filter(({ call }) => /^(?:Create|Update)StateMachine$/.test(call));
const refusals = cases.filter(({ recording, isRefused }) => {
  return isRefused && JSON.stringify(recording.expect).includes("InvalidDefinition");
});

const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === "ERROR");
const typeOf = ({ args }: Case) => (args["type"] === "EXPRESS" ? "EXPRESS" : "STANDARD");

describe.skipIf(recordings.length === 0)(
  "recordings of the service (needs ../shared/corpus)",
  () => {
    test("every definition that the service has taken is taken", () => {
      const accepted = creations.filter((one) => !one.isRefused);
      expect(accepted.length).toBeGreaterThan(500);
      for (const one of accepted) {
        const { definition, diagnostics } = parseDefinition(one.definition, { type: typeOf(one) });
        expect({ id: one.id, errors: errorsOf(diagnostics) }).toEqual({ id: one.id, errors: [] });
        expect(definition).toBeDefined();
      }
    });

    test.each(refusals.filter(({ call }) => call !== "TestState"))(
      "$id is refused in the service's words",
      (one) => {
        const { diagnostics } = parseDefinition(one.definition, { type: typeOf(one) });
        const message = invalidDefinitionMessage(diagnostics);
        if (one.recording.emulatorTexts !== undefined) {
          expect(errorsOf(diagnostics)).toMatchObject([{ code: "INVALID_LABEL_NAME" }]);
        } else {
          const recorded = JSON.stringify(one.recording.expect).replaceAll("<partition>", "aws");
          expect(recorded).toContain(JSON.stringify(message).slice(1, -1));
        }
      },
    );

    test.each(cases.filter(({ call }) => call === "ValidateStateMachineDefinition"))(
      "$id",
      (one) => {
        const { diagnostics } = parseDefinition(one.definition, { type: typeOf(one) });
        expect(Object.values(one.recording.expect)[0]).toMatchObject({
          diagnostics: errorsOf(diagnostics),
        });
      },
    );

    test.each(cases.filter(({ call }) => call === "TestState"))("$id", (one) => {
      const parse = one.args["stateName"] === undefined ? parseSingleState : parseDefinition;
      const { diagnostics } = parse(one.definition);
      const recorded = JSON.stringify(one.recording.expect);
      if (errorsOf(diagnostics).length > 0) {
        expect(recorded).toContain(invalidDefinitionMessage(diagnostics));
      } else {
        expect(recorded).not.toContain("Invalid State Machine Definition");
      }
    });

    const described = creations.flatMap(({ id, definition, recording }) => {
      const references = Object.values(recording.expect).flatMap((answer) =>
        isJsonObject(answer) ? (answer["variableReferences"] ?? []) : [],
      )[0];
      return references === undefined ? [] : [{ id, definition, references }];
    });
    test.each(described)("$id", ({ definition, references }) => {
      const tree = parseDefinition(definition).definition;
      const found = tree === undefined ? {} : variableReferences(tree);
      const sorted = Object.entries(found).map(([name, names]) => [name, names.toSorted()]);
      expect(Object.fromEntries(sorted)).toEqual(references);
    });
  },
);
