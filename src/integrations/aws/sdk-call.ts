import type { JsonObject } from "../../expression/json.ts";
import type { SdkModule } from "./client-modules.ts";
import type { ValueStyle } from "./member-names.ts";
import type { SdkCommand, SdkResponse, SdkService } from "./sdk-clients.ts";
import { refusalOf, type SdkRefusal, noAnswerMessage } from "./sdk-error.ts";
import { sdkInput } from "./sdk-input.ts";
import { sdkOutput } from "./sdk-output.ts";
import { sdkShape, type SdkShape } from "./sdk-shape.ts";

export type SdkAnswer =
  | {
      readonly type: "answered";
      readonly output: JsonObject;
      readonly requestId: string;
      readonly statusCode: number;
      /** Names in lower case, as Node gives them. */
      readonly headers: { readonly [name: string]: string };
    }
  | { readonly type: "refused"; readonly refusal: SdkRefusal }
  /** No answer came, or none that can be understood. */
  | { readonly type: "noAnswer"; readonly message: string }
  /** The parameters can never be sent. */
  | { readonly type: "invalid"; readonly problems: readonly string[] }
  | { readonly type: "noSuchOperation" }
  /** The installed client is from before clients described what they take. */
  | { readonly type: "clientTooOld" }
  /** A streamed result that is longer than any result may be. */
  | { readonly type: "tooLong" };

export interface SdkCall {
  readonly service: SdkService;
  /** As ARNs name it, `sendMessage`, in any case. */
  readonly action: string;
  readonly parameters: JsonObject;
  readonly style: ValueStyle;
  readonly signal: AbortSignal;
  /** Bytes of a streamed answer at most. */
  readonly mostBytes?: number;
  /** The answer to a request whose required members are null, where it need not be asked for. */
  readonly refuseNulls?: (members: readonly string[]) => SdkRefusal;
}

/** Calls an operation of a service once. */
export async function callSdk(call: SdkCall): Promise<SdkAnswer> {
  const { service, style } = call;
  const operation = sdkOperation(service.module, call.action);
  if (operation === undefined) return { type: "noSuchOperation" };
  const { CommandClass, schema } = operation;
  if (schema === undefined) return { type: "clientTooOld" };
  const input = sdkInput(sdkShape(schema[4]), call.parameters, style);
  if (input.problems.length > 0) return { type: "invalid", problems: input.problems };
  if (input.nulls.length > 0 && call.refuseNulls !== undefined) {
    return { type: "refused", refusal: call.refuseNulls(input.nulls) };
  }
  const command = new CommandClass(
    // Observed for S3: what is sent as a text says so.
    input.texts.length > 0
      ? { ContentType: "text/plain; charset=UTF-8", ...(input.value as object) }
      : input.value,
  );
  const headers = takeHeaders(command);
  const outputShape = sdkShape(schema[5]);
  try {
    const response = await service.client.send(command, { abortSignal: call.signal });
    const read = await readStreams(outputShape, response, call.mostBytes ?? longestStreamBytes);
    if (read === undefined) return { type: "tooLong" };
    return {
      type: "answered",
      output: sdkOutput(outputShape, read, style),
      requestId: response.$metadata.requestId ?? "",
      statusCode: response.$metadata.httpStatusCode ?? 200,
      headers: headers(),
    };
  } catch (error) {
    const refusal = refusalOf(error, service);
    return refusal === undefined
      ? { type: "noAnswer", message: noAnswerMessage(error) }
      : { type: "refused", refusal };
  }
}

export interface SdkOperation {
  readonly CommandClass: new (input: unknown) => SdkCommand;
  /** `[9, namespace, name, traits, input, output]`; older clients have none. */
  readonly schema: readonly unknown[] | undefined;
}

/** An operation of a client; `action` as ARNs name it, in any case. `undefined` if it has none of that name. */
export function sdkOperation(module: SdkModule, action: string): SdkOperation | undefined {
  const wanted = `${action}command`.toLowerCase();
  const name = Object.keys(module).find((key) => key.toLowerCase() === wanted);
  if (name === undefined) return undefined;
  const CommandClass = module[name] as SdkOperation["CommandClass"];
  return { CommandClass, schema: new CommandClass({}).schema };
}

/** Whether the client's operations say what they take; those of older versions do not. */
export function describesOperations(module: SdkModule): boolean {
  const name = Object.keys(module).find((key) => key.endsWith("Command") && key !== "$Command");
  return (
    name !== undefined &&
    sdkOperation(module, name.slice(0, -"Command".length))?.schema !== undefined
  );
}

/** Keeps the headers of a command's answer, which its result does not have. */
function takeHeaders(command: SdkCommand): () => { readonly [name: string]: string } {
  type Result = { readonly response: { readonly headers: { readonly [name: string]: string } } };
  let headers = {};
  command.middlewareStack.add(
    (next: (args: unknown) => Promise<Result>) => async (args: unknown) => {
      const result = await next(args);
      headers = result.response.headers;
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  return () => headers;
}

/** Our choice: four times what a result may be; longer streams are not read to their end. */
const longestStreamBytes = 1024 * 1024;

/** The answer with its streams as bytes; `undefined` if one is too long. */
async function readStreams(
  shape: SdkShape,
  response: SdkResponse,
  mostBytes: number,
): Promise<unknown> {
  if (shape.type !== "structure") return response;
  let read: SdkResponse = response;
  for (const [name, member] of shape.members) {
    const stream = response[name];
    if (member().type !== "stream" || stream === undefined) continue;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      // Leaving the loop ends the stream.
      if (bytes > mostBytes) return undefined;
      chunks.push(chunk);
    }
    read = { ...read, [name]: Buffer.concat(chunks) };
  }
  return read;
}
