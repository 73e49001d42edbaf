import {
  type Diagnostic,
  diagnosticSink,
  invalidDefinitionMessage,
} from "../asl/diagnostics/diagnostic.ts";
import { wording } from "../asl/diagnostics/wording.ts";
import { writtenTasks } from "../asl/resources/written-tasks.ts";
import { isJsonObject, type JsonValue } from "../expression/json.ts";
import { errors } from "./errors/errors.ts";
import type { ServiceContext } from "./operation.ts";

type Checking = Pick<ServiceContext, "resourceChecks" | "logger">;

/**
 * Refuses a definition, which is without errors by itself, that calls operations or parameters that the services do not
 * have, as far as they are known here; logs what keeps its Tasks from running.
 */
export async function checkResources(definition: string, checking: Checking): Promise<void> {
  const { diagnostics, advice } = await resourceDiagnostics(definition, checking);
  if (diagnostics.length > 0) {
    throw errors.invalidDefinition(invalidDefinitionMessage(diagnostics));
  }
  for (const text of advice) checking.logger.warn(text);
}

/** The same as diagnostics. Advice is none: AWS, where every client is there, has nothing like it. */
export async function resourceDiagnostics(
  definition: string,
  { resourceChecks }: Checking,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly advice: ReadonlySet<string> }> {
  const diagnostics: Diagnostic[] = [];
  const advice = new Set<string>();
  if (resourceChecks === undefined) return { diagnostics, advice };
  const sink = diagnosticSink(diagnostics);
  for (const task of writtenTasks(JSON.parse(definition) as JsonValue)) {
    const { location, resource, language } = task;
    const parameters = isJsonObject(task.parameters) ? task.parameters : undefined;
    const findings = await resourceChecks.check({ resource, parameters, language });
    if (!findings.isRecognized) {
      sink.error(wording.resourceNotRecognized(resource.arn), `${location}/Resource`);
    }
    for (const field of findings.unsupportedFields) {
      const holder = language === "JSONata" ? "Arguments" : "Parameters";
      sink.error(wording.fieldUnsupported(field), `${location}/${holder}`);
    }
    if (findings.advice !== undefined) advice.add(findings.advice);
  }
  return { diagnostics, advice };
}
