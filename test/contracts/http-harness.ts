import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { onTestFinished } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { IntegrationSettings } from "../../src/integrations/integration-options.ts";
import type { SdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import type { Resolve } from "../../src/integrations/http/address-guard.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  HttpExchange,
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../src/ports/task-handler.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import type { ServiceResource } from "./task-handler-harness.ts";
import { testCertificate, testKey } from "./tls-certificate.ts";

/** A request that a server got. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface LocalServer {
  readonly port: number;
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A server on a free port of the loopback until the test ends. */
export function httpServer(answer: Answer): Promise<LocalServer> {
  return listening("http", (listener) => createServer(listener), answer);
}

/** The same over TLS, with the certificate of tests. */
export function tlsServer(answer: Answer): Promise<LocalServer> {
  const tls = { cert: testCertificate, key: testKey };
  return listening("https", (listener) => createTlsServer(tls, listener), answer);
}

async function listening(
  scheme: string,
  create: (
    listener: (request: IncomingMessage, response: ServerResponse) => void,
  ) => Server & { closeAllConnections(): void },
  answer: Answer,
): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const server = create((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers, rawHeaders } = request;
      const one = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `${scheme}://127.0.0.1:${port}`, seen };
}

/** Answers with JSON. */
export function jsonAnswer(response: ServerResponse, body: JsonValue, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

/** A connection's ARN, as definitions have it. */
export function connectionArn(name: string): string {
  return `arn:aws:events:eu-west-1:123456789012:connection/${name}/81210c42-8af1-456b-9c4a-6ff02fc664ac`;
}

/** The system's clock cannot be moved: this one fires what is due when it is told to. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(): ManualClock {
  let now = Date.parse("2026-01-02T03:04:05.000Z");
  let timers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    schedule(at, wake) {
      const timer = { at, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
    },
  };
}

export interface HttpHarness {
  readonly warnings: readonly string[];
  readonly submitted: readonly JsonValue[];
  readonly handler: (resource: ServiceResource) => TaskHandler;
  readonly run: (
    resource: ServiceResource,
    parameters: JsonValue,
    options?: {
      readonly signal?: AbortSignal;
      readonly trace?: { readonly revealSecrets: boolean; exchanged(seen: HttpExchange): void };
    },
  ) => Promise<TaskOutcome>;
  readonly request: (resource: ServiceResource, parameters: JsonValue) => TaskRequest;
}

/** The handlers with these settings; what they log is kept. */
export function httpHarness(
  options: IntegrationSettings & {
    readonly resolve?: Resolve;
    readonly clock?: Clock;
    readonly clients?: SdkClients;
  },
): HttpHarness {
  const warnings: string[] = [];
  const submitted: JsonValue[] = [];
  const log = (message: string, fields?: object): void =>
    void warnings.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const handlers = createTaskHandlers({
    clock: systemClock,
    ids: { uuid: () => randomUUID(), seed: () => 1 },
    logger: { debug: log, info: log, warn: log, error: log },
    stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
    region: "eu-west-1",
    accountId: "123456789012",
    ...options,
  });
  onTestFinished(() => handlers.close());
  const request = (resource: ServiceResource, parameters: JsonValue): TaskRequest => ({
    resource,
    parameters: Payload.ofText(JSON.stringify(parameters)),
    executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
    stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
    stateName: "Call",
    taskId: 3,
    taskToken: "token",
    timeoutSeconds: undefined,
    credentialsRoleArn: undefined,
    roleArn: "arn:aws:iam::123456789012:role/role",
  });
  return {
    warnings,
    submitted,
    handler: (resource) => handlers.find(resource),
    request,
    run(resource, parameters, { signal = new AbortController().signal, trace } = {}) {
      const control: TaskControl = {
        signal,
        submitted: (output) => {
          submitted.push(output.value);
          return Promise.resolve();
        },
        ...(trace === undefined ? {} : { trace }),
      };
      return handlers.find(resource).run(request(resource, parameters), control);
    },
  };
}

/** The value of an outcome that has to be a success. */
export function valueOf(outcome: TaskOutcome): JsonValue {
  if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
  return outcome.output.value;
}
