import { crc32 } from "node:zlib";
import type { SdkModule } from "../aws/client-modules.ts";
import type { SdkClient, SdkCommand, SdkResponse } from "../aws/sdk-clients.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { MemoryOperation, MemoryOperations } from "./memory-operation.ts";
import { ServiceRefusal } from "./service-refusal.ts";

/** What a service says of itself, as its client of the AWS SDK has it. */
export interface MemoryService {
  readonly serviceId: string;
  readonly protocol:
    "aws.protocols#awsJson1_0" | "aws.protocols#awsJson1_1" | "aws.protocols#awsQuery";
  /** Those that there are, or what finds any. */
  readonly operations: MemoryOperations | ((name: string) => MemoryOperation | undefined);
}

export interface MemoryClientOptions {
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  /** The package of the client that this one stands for: its exceptions are thrown. */
  readonly module: SdkModule;
}

/** What this reads of a command of the AWS SDK's clients. */
interface Command extends SdkCommand {
  readonly input: unknown;
  readonly middlewareStack: SdkCommand["middlewareStack"] & {
    resolve(handler: Handler, context: object): Handler;
  };
}

type Handler = (args: unknown) => Promise<Handled>;

interface Handled {
  readonly output: SdkResponse;
  readonly response: { readonly headers: Readonly<Record<string, string>> };
}

/**
 * A client that sends nothing: operations are answered in this process. It takes the commands of the AWS SDK's own client, and throws
 * its exceptions, so that whoever calls cannot tell it from one.
 */
export function memoryClient(
  { serviceId, protocol, operations }: MemoryService,
  { clock, ids, module }: MemoryClientOptions,
): SdkClient {
  return {
    config: { serviceId, protocol: { getShapeId: () => protocol } },
    async send(sent, { abortSignal }) {
      const command = sent as Command;
      const name = String(command.schema?.[2]);
      const requestId = ids.uuid();
      const handle = command.middlewareStack.resolve(async () => {
        try {
          abortSignal.throwIfAborted();
          const output = await performed(operations, name, command.input, abortSignal);
          const $metadata = { httpStatusCode: 200, requestId };
          const headers = answerHeaders(output, {
            protocol,
            requestId,
            now: clock.now(),
            serviceId,
          });
          return { output: { ...output, $metadata }, response: { headers } };
        } catch (error) {
          throw error instanceof ServiceRefusal ? exception(error, module, requestId) : error;
        }
      }, {});
      return (await handle({ input: command.input })).output;
    },
    destroy() {},
  };
}

function performed(
  operations: MemoryService["operations"],
  name: string,
  input: unknown,
  signal: AbortSignal,
): object | Promise<object> {
  const operation = isFinder(operations)
    ? operations(name)
    : Object.hasOwn(operations, name)
      ? operations[name]
      : undefined;
  if (operation === undefined) {
    const known = Object.keys(operations).join(", ");
    throw new ServiceRefusal(
      "UnsupportedOperation",
      `The in-memory stand-in does not know ${name}. It knows: ${known}`,
    );
  }
  return operation(input as never, { signal });
}

function isFinder(
  operations: MemoryService["operations"],
): operations is (name: string) => MemoryOperation | undefined {
  return typeof operations === "function";
}

type ExceptionClass = new (about: object) => Error;

/** As the client of the service throws it: an exception of its model, or one without a class of its own. */
function exception(
  { code, message, statusCode, shownCode }: ServiceRefusal,
  module: SdkModule,
  requestId: string,
): Error {
  const $metadata = { httpStatusCode: statusCode, requestId };
  const Exception = Object.hasOwn(module, code) ? module[code] : undefined;
  const error =
    typeof Exception === "function"
      ? new (Exception as ExceptionClass)({ message, $metadata })
      : Object.assign(new Error(message), { name: code, $fault: "client", $metadata });
  return Object.assign(error, { Code: shownCode ?? code });
}

/** Names in lower case, as Node gives them. What is shown of them is the integration's to say. */
function answerHeaders(
  output: object,
  {
    protocol,
    requestId,
    now,
    serviceId,
  }: {
    readonly protocol: string;
    readonly requestId: string;
    readonly now: number;
    readonly serviceId: string;
  },
): Readonly<Record<string, string>> {
  const text = JSON.stringify(output);
  const version = protocol.endsWith("1_1") ? "1.1" : "1.0";
  return {
    "x-amzn-requestid": requestId,
    connection: "keep-alive",
    "content-length": String(Buffer.byteLength(text)),
    date: new Date(now).toUTCString(),
    "content-type": protocol.endsWith("awsQuery")
      ? "text/xml"
      : `application/x-amz-json-${version}`,
    ...(serviceId === "DynamoDB" && { server: "Server", "x-amz-crc32": String(crc32(text)) }),
  };
}
