import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { SdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import type { IntegrationSettings } from "../../src/integrations/integration-options.ts";
import { ServerLeaves } from "../../src/ports/task-handler.ts";
import { Payload } from "../../src/expression/payload.ts";
import { type HttpHarness, httpHarness, manualClock, tlsServer, valueOf } from "./http-harness.ts";
import { type KubernetesServer, kubernetesServer } from "./kubernetes-server.ts";
import { assumingRoles, nobodysRoleArn } from "./assuming-roles.ts";
import { serviceResource } from "./task-handler-harness.ts";
import { testCertificate, testKey } from "./tls-certificate.ts";

const call = serviceResource("eks", "call");
const runJob = serviceResource("eks", "runJob");
const runJobSync = serviceResource("eks", "runJob", "sync");

const base64 = (text: string): string => Buffer.from(text).toString("base64");

const cluster = {
  ClusterName: "dev",
  CertificateAuthority: base64(testCertificate),
  Endpoint: "https://cluster.test",
};

/** A kubeconfig in a folder of its own; `user` and `more` are YAML. */
function kubeconfig(server: string, user: string, more = ""): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-kube-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), "of-the-file\n");
  writeFileSync(join(folder, "ca.pem"), testCertificate);
  const path = join(folder, "config");
  writeFileSync(
    path,
    `apiVersion: v1
kind: Config
contexts:
  - { name: dev, context: { cluster: c, user: u } }
  - { name: broken, context: { cluster: none, user: u } }
clusters:
  - name: c
    cluster: { server: "${server}", certificate-authority: ca.pem${more} }
users:
  - name: u
    user: ${user}
`,
  );
  return path;
}

async function withCluster(more: Partial<IntegrationSettings> = {}) {
  const server = await kubernetesServer("Bearer the-cluster-token");
  const path = kubeconfig(server.origin, "{ token: the-cluster-token }");
  const clock = manualClock();
  const harness = httpHarness({ kubernetes: { kubeconfig: path }, clock, ...more });
  return { server, clock, ...harness };
}

const job = (name = "example", more: JsonObject = {}): JsonObject => ({
  ...cluster,
  Job: { apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec: {} },
  ...more,
});

describe("eks:call", () => {
  test("speaks with the cluster that the kubeconfig has under the cluster's name", async () => {
    const { server, run } = await withCluster();
    const outcome = await run(call, {
      ...cluster,
      Method: "GET",
      Path: "/api/v1/namespaces/default/pods",
      QueryParameters: { labelSelector: ["job-name=example"] },
    });
    expect(valueOf(outcome)).toMatchObject({
      ResponseBody: { kind: "PodList", items: [] },
      StatusCode: 200,
      StatusText: "OK",
      Headers: { "Content-Type": ["application/json"] },
    });
    expect(server.seen[0]?.url).toBe(
      "/api/v1/namespaces/default/pods?labelSelector=job-name%3Dexample",
    );
  });

  test("a status that is no success is the error, the body its cause", async () => {
    const { run } = await withCluster();
    const outcome = await run(call, { ...cluster, Method: "GET", Path: "/apis/nothing" });
    expect(outcome).toMatchObject({ type: "failed", error: "EKS.404" });
    expect(JSON.parse((outcome as { cause: string }).cause)).toMatchObject({ reason: "NotFound" });
  });

  test.each([
    [{ spec: {} }, '{"spec":{}}', "application/merge-patch+json"],
    [[{ op: "remove" }], '[{"op":"remove"}]', "application/json-patch+json"],
    ["{}", "{}", "application/merge-patch+json"],
  ])("a patch says of which kind it is: %j", async (RequestBody, body, type) => {
    const { server, run } = await withCluster();
    await run(call, { ...cluster, Method: "PATCH", Path: "/a", RequestBody });
    expect(server.seen[0]).toMatchObject({ body, headers: { "content-type": type } });
  });

  test.each<[string, JsonObject, string]>([
    ["a path that is another host", { Path: "//evil.test/a" }, "'Path'"],
    ["a path that begins with none", { Path: "api" }, "'Path'"],
    ["another method", { Method: "OPTIONS" }, "'Method'"],
    ["a query that is no list", { QueryParameters: { a: "b" } }, "'QueryParameters'"],
  ])("%s is refused", async (_, more, said) => {
    const { server, run } = await withCluster();
    const outcome = await run(call, { ...cluster, Method: "GET", Path: "/a", ...more });
    expect(outcome).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(said) as string,
    });
    expect(server.seen).toEqual([]);
  });
});

describe("how a cluster is called", () => {
  const get = { ...cluster, Method: "GET", Path: "/a" };

  test.each([
    ["a token", "{ token: secret-token }", "Bearer secret-token"],
    ["a token of a file", "{ tokenFile: token }", "Bearer of-the-file"],
    ["a password", "{ username: me, password: pass }", `Basic ${base64("me:pass")}`],
    ["nothing", "{}", undefined],
  ])("with %s of the kubeconfig", async (_, user, authorization) => {
    const server = await tlsServer((__, response) => response.end());
    const kubernetes = { kubeconfig: kubeconfig(server.origin, user) };
    await httpHarness({ kubernetes }).run(call, get);
    expect(server.seen[0]?.headers.authorization).toBe(authorization);
  });

  test("with a client certificate, by a context that the configuration names", async () => {
    const server = await tlsServer((_, response) => response.end());
    const user = `{ client-certificate-data: ${base64(testCertificate)}, client-key-data: ${base64(testKey)} }`;
    const path = kubeconfig(server.origin, user);
    const kubernetes = { kubeconfig: path, contexts: { Other: "dev" } };
    const outcome = await httpHarness({ kubernetes }).run(call, { ...get, ClusterName: "Other" });
    expect(valueOf(outcome)).toMatchObject({ StatusCode: 200 });
  });

  test("not if its certificate is another's", async () => {
    const server = await tlsServer((_, response) => response.end());
    const path = kubeconfig(server.origin, "{}", ", tls-server-name: other.test");
    expect(await httpHarness({ kubernetes: { kubeconfig: path } }).run(call, get)).toMatchObject({
      type: "failed",
      error: "EKS.SdkClientException",
    });
    expect(server.seen).toEqual([]);
  });

  test.each([
    [
      "a user that runs a program",
      "{ exec: { command: aws } }",
      "",
      "has 'exec', which is not supported",
    ],
    ["a proxy", "{}", ", proxy-url: http://proxy.test", "proxy-url"],
    ["a file that is not there", "{ tokenFile: nowhere }", "", "nowhere cannot be read: ENOENT"],
  ])("%s is not supported, and the cause says what to do", async (_, user, more, said) => {
    const kubernetes = { kubeconfig: kubeconfig("https://127.0.0.1:1", user, more) };
    expect(await httpHarness({ kubernetes }).run(call, get)).toMatchObject({
      type: "failed",
      error: "EKS.SdkClientException",
      cause: expect.stringContaining(said) as string,
    });
  });

  test("a kubeconfig that is broken is not shown", async () => {
    const path = kubeconfig("https://127.0.0.1:1", "{ token: the-secret");
    const outcome = await httpHarness({ kubernetes: { kubeconfig: path } }).run(call, get);
    expect(outcome).toMatchObject({ error: "EKS.SdkClientException" });
    expect(JSON.stringify(outcome)).not.toContain("the-secret");
  });

  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "the-secret-key" };
  const clients: SdkClients = {
    roles: assumingRoles,
    connect: (service) =>
      Promise.resolve({
        type: "connected",
        service: {
          errorPrefix: service,
          module: {},
          client: {
            config: { serviceId: service, credentials: () => Promise.resolve(credentials) },
            destroy() {},
            send: () => Promise.reject(new Error("no call was expected")),
          },
        },
      }),
    close() {},
  };

  test("without a kubeconfig by the definition's endpoint, with a token as EKS takes it", async () => {
    const server = await tlsServer((_, response) => response.end());
    const { run } = httpHarness({
      http: { allowPrivateAddresses: ["cluster.test"] },
      clients,
      clock: manualClock(),
      resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    });
    const Endpoint = `https://cluster.test:${server.port}`;
    expect(valueOf(await run(call, { ...get, Endpoint }))).toMatchObject({ StatusCode: 200 });
    const [, token = ""] = server.seen[0]?.headers.authorization?.split("k8s-aws-v1.") ?? [];
    const url = new URL(Buffer.from(token, "base64url").toString());
    expect(url.origin).toBe("https://sts.eu-west-1.amazonaws.com");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: "GetCallerIdentity",
      Version: "2011-06-15",
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
      "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE/20260102/eu-west-1/sts/aws4_request",
    });
  });

  test("a task with Credentials is known to the cluster by its role", async () => {
    const server = await tlsServer((_, response) => response.end());
    const { handler, request } = httpHarness({
      http: { allowPrivateAddresses: ["cluster.test"] },
      clients,
      resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    });
    const parameters = { ...get, Endpoint: `https://cluster.test:${server.port}` };
    const asRole = (credentialsRoleArn: string) =>
      handler(call).run(
        { ...request(call, parameters), credentialsRoleArn },
        { signal: new AbortController().signal, submitted: () => Promise.resolve() },
      );
    const roleArn = "arn:aws:iam::210987654321:role/other";
    await asRole(roleArn);
    const [, token = ""] = server.seen[0]?.headers.authorization?.split("k8s-aws-v1.") ?? [];
    const { searchParams } = new URL(Buffer.from(token, "base64url").toString());
    expect(searchParams.get("X-Amz-Credential")).toContain("ASIAROLEOFTHETASK/");
    expect(searchParams.get("X-Amz-Security-Token")).toBe(roleArn);
    expect(await asRole(nobodysRoleArn)).toMatchObject({ error: "States.TaskFailed" });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, JsonObject, string]>([
    ["an address that is not public", {}, "not public"],
    ["no https", { Endpoint: "http://cluster.test" }, "'Endpoint'"],
    ["no certificate", { CertificateAuthority: "ANPAJ2UCCR6DPCEXAMPLE" }, "'CertificateAuthority'"],
  ])("%s is refused", async (_, more, said) => {
    const { run } = httpHarness({
      clients,
      resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    });
    expect(await run(call, { ...get, ...more })).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(said) as string,
    });
  });
});

describe("eks:runJob", () => {
  test("creates the job, and its result is the answer", async () => {
    const { server, run } = await withCluster();
    const outcome = await run(runJob, job("a", { Namespace: "work" }));
    expect(valueOf(outcome)).toMatchObject({
      ResponseBody: { kind: "Job", metadata: { name: "a", namespace: "work" } },
      StatusCode: 201,
    });
    expect(server.changes()).toEqual(["POST /apis/batch/v1/namespaces/work/jobs"]);
    expect(await run(runJob, job("a"))).toMatchObject({ error: "EKS.409" });
  });

  test.each<[string, JsonObject, string]>([
    ["a job that is none", { Job: "text" }, "'Job'"],
    [
      "parameters of logs that are no lists",
      { LogOptions: { LogParameters: { a: "1" } } },
      "'LogParameters'",
    ],
  ])("%s is refused", async (_, more, said) => {
    const { run } = await withCluster();
    expect(await run(runJob, job("a", more))).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(said) as string,
    });
  });
});

/** Moves the clock on until the promise is there: looks wait for a minute at most. */
async function inTime<T>(clock: { advance(ms: number): void }, promise: Promise<T>): Promise<T> {
  let isThere = false;
  void promise.finally(() => (isThere = true));
  while (!isThere) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return promise;
}

/** A job that is submitted and looked at. */
async function submittedJob(
  { server, run, submitted }: HttpHarness & { readonly server: KubernetesServer },
  more: JsonObject = {},
  signal?: AbortSignal,
) {
  const running = run(runJobSync, job("example", more), signal === undefined ? {} : { signal });
  while (submitted.length === 0) await new Promise(setImmediate);
  expect(server.jobs.has("example")).toBe(true);
  return running;
}

describe("eks:runJob.sync", () => {
  test("its result is the job, with the logs of its pods if they are wanted", async () => {
    const made = await withCluster();
    made.server.logs.set("main", '{ "pi": 3.14 }');
    const running = made.run(
      runJobSync,
      job("example", { LogOptions: { RetrieveLogs: true, LogParameters: { tailLines: ["6"] } } }),
    );
    while (made.submitted.length === 0) await new Promise(setImmediate);
    expect(made.submitted[0]).toMatchObject({ StatusCode: 201, ResponseBody: { kind: "Job" } });
    made.server.end("example", "Complete");
    expect(valueOf(await inTime(made.clock, running))).toMatchObject({
      kind: "Job",
      status: { conditions: [{ type: "Complete" }] },
      logs: {
        pods: {
          "example-pod": {
            containers: { main: { log: { pi: 3.14 } }, side: { error: "EKS.404" } },
          },
        },
      },
    });
    const asked = made.server.seen.map(({ url }) => url).filter((url) => url.includes("/log?"));
    expect(asked[0]).toContain("container=main&tailLines=6");
    expect(made.server.changes()).toEqual(["POST /apis/batch/v1/namespaces/default/jobs"]);
  });

  test("raw logs stay text", async () => {
    const made = await withCluster();
    made.server.logs.set("main", '{"n":1}');
    const running = made.run(
      runJobSync,
      job("example", { LogOptions: { RetrieveLogs: true, RawLogs: true } }),
    );
    while (made.submitted.length === 0) await new Promise(setImmediate);
    made.server.end("example", "Complete");
    expect(JSON.stringify(valueOf(await inTime(made.clock, running)))).toContain(
      '"log":"{\\"n\\":1}"',
    );
  });

  test("a job that fails fails its task with what describes it", async () => {
    const made = await withCluster();
    const running = submittedJob(made);
    while (made.submitted.length === 0) await new Promise(setImmediate);
    made.server.end("example", "Failed");
    const outcome = await inTime(made.clock, running);
    expect(outcome).toMatchObject({ type: "failed", error: "States.TaskFailed" });
    expect(JSON.parse((outcome as { cause: string }).cause)).toMatchObject({
      status: { conditions: [{ type: "Failed" }] },
    });
  });

  test("a submission that is refused has the name of any call's refusal", async () => {
    const made = await withCluster();
    await made.run(runJob, job());
    expect(await made.run(runJobSync, job())).toMatchObject({ type: "failed", error: "EKS.409" });
    expect(made.submitted).toEqual([]);
  });

  test("trouble that passes does not end it; a job that is gone does", async () => {
    const made = await withCluster();
    const running = submittedJob(made);
    while (made.submitted.length === 0) await new Promise(setImmediate);
    for (const status of [500, 503, 429, 401, 403]) {
      made.server.broken = status;
      const before = made.server.seen.length;
      while (made.server.seen.length < before + 2) {
        made.clock.advance(1_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    made.server.broken = undefined;
    made.server.jobs.clear();
    const outcome = await inTime(made.clock, running);
    expect(outcome).toMatchObject({
      type: "failed",
      error: "States.TaskFailed",
      cause: expect.stringContaining("NotFound") as string,
    });
  });

  test("an abort deletes the job, and no other of its name", async () => {
    const made = await withCluster();
    const controller = new AbortController();
    const running = submittedJob(made, {}, controller.signal);
    while (made.submitted.length === 0) await new Promise(setImmediate);
    controller.abort();
    expect(await inTime(made.clock, running)).toEqual({ type: "pending" });
    const deleted = made.server.seen.find(({ method }) => method === "DELETE");
    expect(deleted?.url).toBe("/apis/batch/v1/namespaces/default/jobs/example");
    expect(JSON.parse(deleted?.body ?? "")).toMatchObject({
      propagationPolicy: "Background",
      preconditions: { uid: "uid-1" },
    });
  });

  test("a server that leaves lets it go on, and the next takes it up without a second submission", async () => {
    const made = await withCluster();
    const controller = new AbortController();
    const running = submittedJob(made, {}, controller.signal);
    while (made.submitted.length === 0) await new Promise(setImmediate);
    controller.abort(new ServerLeaves());
    expect(await inTime(made.clock, running)).toEqual({ type: "pending" });
    made.server.end("example", "Complete");
    const submission = Payload.ofText(JSON.stringify(made.submitted[0]));
    const taken = made.handler(runJobSync).resume?.(made.request(runJobSync, job()), submission, {
      signal: new AbortController().signal,
      submitted: () => Promise.resolve(),
    });
    expect(
      valueOf(await inTime(made.clock, taken ?? Promise.reject(new Error("not taken")))),
    ).toMatchObject({
      kind: "Job",
      status: { conditions: [{ type: "Complete" }] },
    });
    expect(made.server.changes()).toEqual(["POST /apis/batch/v1/namespaces/default/jobs"]);
  });
});
