import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { textPosition } from "../../asl/diagnostics/json-error.ts";
import {
  type MockConfiguration,
  type MockProblem,
  readMockConfiguration,
} from "../../integrations/mocks/mock-configuration.ts";
import { jsonPathText } from "../../simulate/cases/json-path-text.ts";
import { CommandFailure } from "../errors.ts";
import { jsonPosition } from "../json-position.ts";
import { readDefinition } from "../read-definition.ts";

/** A mock configuration as it is in a file, JSON or YAML. */
export interface MockFile {
  readonly path: string;
  readonly value: JsonObject;
  readonly configuration: MockConfiguration;
  /** What is wrong in the file beside the configuration itself, as one error that says where. */
  failure(problems: readonly MockProblem[]): CommandFailure;
}

/** Reads and checks a mock configuration. The error has a line for each mistake, with its place. */
export async function readMockFile(path: string): Promise<MockFile> {
  // The formats are those of definitions.
  const { source, format, content } = await readDefinition(path);
  if ("syntaxError" in content) {
    const { message, offset } = content.syntaxError;
    throw failureOf([`${place(path, source, offset)}: ${message}`]);
  }
  const positionOf =
    format === "JSON" ? jsonPosition : (await import("../yaml-position.ts")).yamlPosition;
  const failure = (problems: readonly MockProblem[]): CommandFailure =>
    failureOf(
      problems.map(({ path: segments, message }) => {
        const where = place(path, source, positionOf(source, segments));
        return `${where}: ${jsonPathText(segments)} ${message}`;
      }),
    );
  const { value } = content;
  const read = readMockConfiguration(value);
  if ("problems" in read || !isJsonObject(value)) {
    throw failure("problems" in read ? read.problems : []);
  }
  return { path, value, configuration: read.configuration, failure };
}

function failureOf(lines: readonly string[]): CommandFailure {
  return new CommandFailure(`The mock configuration is wrong:\n  ${lines.join("\n  ")}`);
}

function place(path: string, source: string, offset: number): string {
  const { line, column } = textPosition(source, offset);
  return `${path}:${line}:${column}`;
}
