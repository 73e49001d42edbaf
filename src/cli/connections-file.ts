import { parse } from "node:path";
import type { ConnectionConfiguration } from "../integrations/http/connections/connection-configuration.ts";
import { CommandFailure } from "./errors.ts";
import { isConnections } from "./http-schema.ts";
import { readProblem, textOf } from "./text-file.ts";

/** Connections by their names. */
export interface Connections {
  readonly [name: string]: ConnectionConfiguration;
}

/**
 * Reads a file of connections: YAML, or JSON, which is YAML, too. What is wrong with it is said without a word of what is in
 * it: that may be a secret.
 */
export async function readConnections(path: string): Promise<Connections> {
  let text: string;
  try {
    text = textOf(path);
  } catch (error) {
    throw new CommandFailure(`The connections ${path} cannot be read: ${readProblem(error)}`);
  }
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    throw new CommandFailure(
      `The connections ${path} are not YAML: line ${line} is wrong (${error.code}).`,
    );
  }
  const value: unknown = document.toJS() ?? {};
  const problem = isConnections(value);
  if (problem === undefined) return value as Connections;
  const key = problem.path === "" ? parse(path).base : `'${problem.path.slice(1)}'`;
  throw new CommandFailure(`The connections ${path} are wrong: ${key} ${problem.message}.`);
}
