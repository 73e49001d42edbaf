import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** What a call comes to. */
export type FuzzAnswer =
  | { readonly type: "answered"; readonly output: unknown }
  | { readonly type: "refused"; readonly name: string; readonly status: number }
  | { readonly type: "lost"; readonly thrown: unknown }
  | { readonly type: "garbage"; readonly response: unknown };

/** A server for what is called over HTTP by its address: an API, a cluster of Kubernetes. */
export interface FuzzServer {
  readonly origin: string;
  /** Knows the server as the context `dev`. */
  readonly kubeconfig: string;
  /** From now on it answers with the next of these. */
  begin(given: readonly FuzzAnswer[], called: () => void): void;
}

export async function fuzzServer(): Promise<FuzzServer> {
  let next = 0;
  let given: readonly FuzzAnswer[] = [];
  let called = (): void => {};
  const server = createServer((request, response) => {
    request.resume();
    called();
    const answer = given[next++ % given.length];
    if (answer === undefined || answer.type === "lost") return void response.destroy();
    const status = answer.type === "refused" ? answer.status : 200;
    response.writeHead(status, { "Content-Type": "application/json" });
    if (answer.type === "garbage") return void response.end("{\u0000");
    response.end(answer.type === "refused" ? '{"kind":"Status"}' : JSON.stringify(answer.output));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "stepwell-fuzz-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    server.close();
    server.closeAllConnections();
  });
  const kubeconfig = join(folder, "config");
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      contexts: [{ name: "dev", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: origin } }],
      users: [{ name: "u", user: { token: "t" } }],
    }),
  );
  return {
    origin,
    kubeconfig,
    begin(answers, hear) {
      next = 0;
      given = answers;
      called = hear;
    },
  };
}

/** Parameters with what makes the server be called, where they are those of the action. */
export function addressed(parameters: string, origin: string, service: string): string {
  const value: unknown = JSON.parse(parameters);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return parameters;
  const known: { readonly [name: string]: unknown } = {
    ApiEndpoint: service === "http" ? `${origin}/x` : "abc123.execute-api.eu-west-1.amazonaws.com",
    Authentication: { ConnectionArn: "arn:aws:events:eu-west-1:123456789012:connection/c/1-2" },
    Method: "POST",
    Path: "/x",
    ClusterName: "dev",
    Job: { metadata: { name: "j" } },
  };
  // These are seldom right by chance.
  const often = ["Headers", "QueryParameters", "LogOptions", "AuthType", "Stage", "Transform"];
  const members = Object.entries(value).flatMap(([name, given]) => {
    if (Object.hasOwn(known, name)) return [[name, known[name]] as const];
    const isLeftOut = often.includes(name) && JSON.stringify(given).length % 3 !== 0;
    return isLeftOut ? [] : [[name, given as unknown] as const];
  });
  return JSON.stringify(Object.fromEntries(members));
}
