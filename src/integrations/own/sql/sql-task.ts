import { resolve } from "node:path";
import { stepwell } from "../../../asl/resources/integrations/stepwell.ts";
import {
  isJsonArray,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { Payload } from "../../../expression/payload.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../../../ports/task-handler.ts";
import { resultTooLong } from "../../aws/call-failures.ts";
import { parameterProblems } from "../../described/parameter-problems.ts";
import { mostResultBytes } from "../../http/http-result.ts";
import type { IntegrationOptions } from "../../integration-options.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../../invalid-parameters.ts";
import { taskFailed } from "../../stand-ins/stand-in-answer.ts";
import { filledText } from "../../references/filled-text.ts";
import type { ReferredUrls } from "../../references/referred-url.ts";
import type { Database, SqlOutcome } from "./database.ts";
import { createSqliteDatabase } from "./sqlite/sqlite-database.ts";

/** The task, and what it has open. */
export interface SqlTask {
  readonly handler: TaskHandler;
  close(): void;
}

/**
 * `arn:stepwell:states:::sql`: one statement with parameters on a database that the configuration names. A definition cannot name a
 * server or a file itself.
 *
 * *Our choices*, the errors: `Sql.<condition>`, named after the condition of the SQLSTATE (`Sql.UniqueViolation`), and
 * `Sql.ConnectionException`.
 */
export function sqlTask(
  options: Pick<IntegrationOptions, "databases" | "configurationFolder" | "clock"> & {
    readonly urls: ReferredUrls;
  },
): SqlTask {
  const { databases = {} } = options;
  const open = new Map<string, Promise<Database | string>>();

  function databaseOf(name: string): Promise<Database | string> {
    const known = open.get(name);
    if (known !== undefined) return known;
    const configured = Object.hasOwn(databases, name) ? databases[name] : undefined;
    if (configured === undefined) {
      return Promise.resolve(unknownDatabase(name, Object.keys(databases)));
    }
    const database = openDatabase(name, configured, options);
    open.set(name, database);
    // What is missing now may be there the next time.
    void database.then((opened) => typeof opened === "string" && open.delete(name));
    return database;
  }

  const handler: TaskHandler = {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "stepwell" &&
      resource.action === "sql",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, problemsOf(parameters.value)),
    async run(request, { signal }) {
      const problems = problemsOf(request.parameters.value);
      if (problems.length > 0) return invalidParameters(request.parameters, problems);
      const given = request.parameters.value as JsonObject;
      const parameters = ownMember(given, "Parameters");
      const database = await databaseOf(given["Database"] as string);
      if (typeof database === "string") return taskFailed(database);
      const outcome = await database.run(
        {
          text: given["Statement"] as string,
          parameters: isJsonArray(parameters) ? parameters : [],
        },
        signal,
      );
      return taskOutcome(outcome, request);
    },
  };
  return {
    handler,
    close() {
      for (const opening of open.values()) {
        void opening.then((database) => typeof database === "string" || database.close());
      }
      open.clear();
    },
  };
}

function problemsOf(parameters: JsonValue): readonly string[] {
  const problems = parameterProblems(stepwell.sql.parameters, parameters);
  if (problems.length > 0) return problems;
  const given = parameters as JsonObject;
  return ["Database", "Statement"].filter((name) => given[name] === null).map(invalidField);
}

/** The database, or why it cannot be opened: never with a word of what the environment has. */
async function openDatabase(
  name: string,
  configured: string,
  { configurationFolder = process.cwd(), clock, urls }: Parameters<typeof sqlTask>[0],
): Promise<Database | string> {
  const isFile = configured.startsWith("sqlite:");
  const filled = isFile
    ? filledText(configured, { environment: process.env, folder: configurationFolder })
    : await urls.of(configured);
  if ("problem" in filled) return `databases.${name} of the configuration: ${filled.problem}.`;
  const { text } = filled;
  if (text.startsWith("sqlite:") && text.length > "sqlite:".length) {
    return createSqliteDatabase(resolve(configurationFolder, text.slice("sqlite:".length)), clock);
  }
  if (/^postgres(?:ql)?:\/\//i.test(text) && URL.canParse(text)) {
    // Loaded when it is used: a server without such a database starts without its client.
    return (await import("./postgres/postgres-database.ts")).createPostgresDatabase(text);
  }
  return `databases.${name} of the configuration is neither postgres://user:password@host/database nor sqlite:FILE.`;
}

function unknownDatabase(name: string, known: readonly string[]): string {
  const there = known.length === 0 ? "none is there" : `there are ${known.join(", ")}`;
  return `The configuration has no database '${name}' under databases: ${there}.`;
}

function taskOutcome(outcome: SqlOutcome, request: TaskRequest): TaskOutcome {
  switch (outcome.type) {
    case "done": {
      const { rows, rowCount, columns } = outcome;
      const output = Payload.ofValue({ Rows: rows, RowCount: rowCount, Columns: columns });
      return output.bytes > mostResultBytes
        ? resultTooLong(request)
        : { type: "succeeded", output };
    }
    case "failed":
      return { type: "failed", error: `Sql.${outcome.name}`, cause: outcome.message };
    case "tooLong":
      return resultTooLong(request);
    case "aborted":
      return { type: "pending" };
  }
}
