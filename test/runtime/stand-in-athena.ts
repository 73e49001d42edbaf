import type { JsonObject } from "../../src/expression/json.ts";
import type { SdkModule } from "../../src/integrations/aws/client-modules.ts";
import type {
  SdkClients,
  SdkCommand,
  SdkResponse,
} from "../../src/integrations/aws/sdk-clients.ts";

/** A call as the client was given it. */
interface Call {
  readonly operation: string;
  readonly input: JsonObject;
}

/** An Athena in memory, behind a client that describes its operations as the AWS SDK's does. */
export interface StandInAthena extends SdkClients {
  readonly calls: Call[];
  /** The queries by their ids: `q-1`, `q-2`, … */
  readonly queries: Map<string, { state: string; token: unknown }>;
  /** Answers calls of the operation only when the promise resolves. */
  hold(operation: string, until: Promise<void>): void;
  /** Throws in place of an answer; gone after the number of calls. */
  fail(operation: string, error: Error, times: number): void;
  /** The operations that were called, without looks. */
  changes(): string[];
}

// As the clients' schemas are: [structure, namespace, name, traits, members, their schemas, how many are required].
const structure = (members: { readonly [name: string]: unknown }, required = 0) => [
  3,
  "athena",
  "S",
  0,
  Object.keys(members),
  Object.values(members),
  required,
];
const listOf = (item: unknown) => [1, "athena", "L", 0, item];
const [text, time] = [0, 4];
const execution = structure({
  QueryExecutionId: text,
  Query: text,
  Status: () => structure({ State: text, CompletionDateTime: time }),
});

const operations: { readonly [name: string]: readonly [input: unknown, output: unknown] } = {
  StartQueryExecution: [
    structure({ QueryString: text, ClientRequestToken: text, WorkGroup: text }, 1),
    structure({ QueryExecutionId: text }),
  ],
  GetQueryExecution: [
    structure({ QueryExecutionId: text }, 1),
    structure({ QueryExecution: execution }),
  ],
  BatchGetQueryExecution: [
    structure({ QueryExecutionIds: listOf(text) }, 1),
    structure({ QueryExecutions: listOf(execution) }),
  ],
  StopQueryExecution: [structure({ QueryExecutionId: text }, 1), structure({})],
};

/** A refusal as the AWS SDK throws it. */
export class InvalidRequestException extends Error {
  override readonly name: string = "InvalidRequestException";
  readonly $fault = "client";
  readonly $metadata: { httpStatusCode: number; requestId: string };

  constructor(message: string, { name = "InvalidRequestException", status = 400 } = {}) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode: status, requestId: "r" };
  }
}

export function standInAthena(): StandInAthena {
  const calls: Call[] = [];
  const queries: StandInAthena["queries"] = new Map();
  const held = new Map<string, Promise<void>>();
  const failures: { operation: string; error: Error; times: number }[] = [];
  const described = (id: string) => {
    const query = queries.get(id);
    if (query === undefined)
      throw new InvalidRequestException(`QueryExecution ${id} was not found`);
    return {
      QueryExecutionId: id,
      Query: "SELECT 1",
      Status: { State: query.state, CompletionDateTime: new Date(1_767_323_045_060) },
    };
  };

  function answer(operation: string, input: JsonObject): object {
    const id = input["QueryExecutionId"] as string;
    switch (operation) {
      case "StartQueryExecution": {
        const token = input["ClientRequestToken"];
        const known = [...queries].find(([, query]) => query.token === token)?.[0];
        const made = known ?? `q-${queries.size + 1}`;
        if (known === undefined) queries.set(made, { state: "QUEUED", token });
        return { QueryExecutionId: made };
      }
      case "GetQueryExecution":
        return { QueryExecution: described(id) };
      case "BatchGetQueryExecution": {
        const ids = (input["QueryExecutionIds"] as string[]).filter((one) => queries.has(one));
        return { QueryExecutions: ids.map(described) };
      }
      default:
        described(id);
        queries.set(id, { state: "CANCELLED", token: undefined });
        return {};
    }
  }

  const module: Record<string, unknown> = { InvalidRequestException };
  for (const [name, [input, output]] of Object.entries(operations)) {
    module[`${name}Command`] = class implements SdkCommand {
      readonly schema = [9, "athena", name, 0, input, output];
      readonly middlewareStack = { add() {} };
      readonly operation = name;
      readonly input: JsonObject;

      constructor(given: JsonObject) {
        this.input = given;
      }
    };
  }
  const client = {
    config: { serviceId: "Athena" },
    destroy() {},
    async send(command: SdkCommand): Promise<SdkResponse> {
      const { operation, input } = command as SdkCommand & Call;
      calls.push({ operation, input });
      await held.get(operation);
      // The answer is lost, not the request: what it did is done.
      const done = failures.find((one) => one.operation === operation && one.times-- > 0);
      if (done !== undefined && "$fault" in done.error) throw done.error;
      const output = answer(operation, input);
      if (done !== undefined) throw done.error;
      return { $metadata: { httpStatusCode: 200, requestId: "r" }, ...output };
    },
  };
  return {
    calls,
    queries,
    hold: (operation, until) => void held.set(operation, until),
    fail: (operation, error, times) => void failures.push({ operation, error, times }),
    changes: () =>
      calls.map(({ operation }) => operation).filter((operation) => !operation.includes("Get")),
    connect: (service) =>
      Promise.resolve(
        service === "athena"
          ? {
              type: "connected",
              service: { client, errorPrefix: "Athena", module: module as SdkModule },
            }
          : { type: "notInstalled", packageName: service },
      ),
    close() {},
  };
}
