import type { JsonValue } from "../../expression/json.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import type { Diagnostic } from "../../asl/diagnostics/diagnostic.ts";
import { prepareInSlices } from "../../runtime/machines/prepare-in-slices.ts";
import type { Operation } from "../operation.ts";
import { resourceDiagnostics } from "../resource-diagnostics.ts";

/** Documented: diagnostics in one answer where `maxResults` is 0 or absent. */
const defaultMaxResults = 100;

/** Documented: warnings are shown only if asked for, and never make the result FAIL. */
export const validateStateMachineDefinition: Operation<"ValidateStateMachineDefinition"> = async (
  input,
  context,
) => {
  const { definition, type = "STANDARD" } = input;
  const prepared = await prepareInSlices(definition);
  const parsed = parseDefinition(definition, { type, ...prepared }).diagnostics;
  const isWrong = parsed.some(({ severity }) => severity === "ERROR");
  const diagnostics = isWrong
    ? parsed
    : [...parsed, ...(await resourceDiagnostics(definition, context)).diagnostics];
  const failed = diagnostics.some(({ severity }) => severity === "ERROR");
  const shown =
    input.severity === "WARNING"
      ? diagnostics
      : diagnostics.filter(({ severity }) => severity === "ERROR");
  const limit =
    input.maxResults === undefined || input.maxResults === 0 ? defaultMaxResults : input.maxResults;
  return {
    result: failed ? "FAIL" : "OK",
    diagnostics: shown.slice(0, limit).map(shownDiagnostic),
    truncated: shown.length > limit,
  };
};

function shownDiagnostic({ severity, code, message, location }: Diagnostic): JsonValue {
  return { severity, code, message, ...(location !== undefined && { location }) };
}
