import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { jsonAnswer, type LocalServer, tlsServer } from "./http-harness.ts";

/** A Kubernetes API server as far as jobs need one, over TLS. */
export interface KubernetesServer extends LocalServer {
  readonly jobs: Map<string, JsonObject>;
  /** By pod and container. */
  readonly logs: Map<string, string>;
  /** Answers every request with this status instead; absent: as it should. */
  broken: number | undefined;
  end(name: string, type: "Complete" | "Failed"): void;
  /** The changes that were asked for. */
  changes(): readonly string[];
}

const base = "/apis/batch/v1/namespaces/";

export async function kubernetesServer(token: string): Promise<KubernetesServer> {
  const jobs = new Map<string, JsonObject>();
  const logs = new Map<string, string>();
  let uids = 0;
  const status = (code: number, reason: string): JsonObject => ({
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    message: `jobs.batch: ${reason}`,
    reason,
    code,
  });
  const server = await tlsServer(({ method, url, headers, body }, response) => {
    const answer = (value: JsonValue, code = 200): void => jsonAnswer(response, value, code);
    if (made.broken !== undefined) return answer(status(made.broken, "Broken"), made.broken);
    if (headers.authorization !== token) return answer(status(401, "Unauthorized"), 401);
    const { pathname, searchParams } = new URL(url, "https://cluster.test");
    if (method === "POST" && pathname.startsWith(base)) {
      const job = JSON.parse(body) as {
        readonly metadata: JsonObject & { readonly name: string };
      };
      const { name } = job.metadata;
      if (jobs.has(name)) return answer(status(409, "AlreadyExists"), 409);
      const namespace = pathname.slice(base.length).split("/")[0] ?? "";
      const metadata = { ...job.metadata, namespace, uid: `uid-${++uids}` };
      const created = { kind: "Job", apiVersion: "batch/v1", ...job, metadata, status: {} };
      jobs.set(name, created);
      return answer(created, 201);
    }
    const name = decodeURIComponent(pathname.split("/").at(-1) ?? "");
    if (pathname.startsWith(base)) {
      const job = jobs.get(name);
      if (job === undefined) return answer(status(404, "NotFound"), 404);
      if (method === "DELETE") jobs.delete(name);
      return answer(job);
    }
    if (pathname.endsWith("/pods")) {
      const selected = searchParams.get("labelSelector")?.replace("job-name=", "") ?? "";
      const containers = [{ name: "main" }, { name: "side" }];
      const pod = { metadata: { name: `${selected}-pod` }, spec: { containers } };
      return answer({ kind: "PodList", items: jobs.has(selected) ? [pod] : [] });
    }
    if (pathname.endsWith("/log")) {
      const log = logs.get(searchParams.get("container") ?? "");
      if (log === undefined) return answer(status(404, "NotFound"), 404);
      response.setHeader("Content-Type", "text/plain");
      return void response.end(log);
    }
    return answer(status(404, "NotFound"), 404);
  });
  const made: KubernetesServer = {
    ...server,
    jobs,
    logs,
    broken: undefined,
    end(name, type) {
      const job = jobs.get(name);
      if (job === undefined) throw new Error(`no job ${name}`);
      jobs.set(name, { ...job, status: { conditions: [{ type, status: "True" }] } });
    },
    changes: () =>
      server.seen
        .filter(({ method }) => method !== "GET")
        .map(({ method, url }) => `${method} ${url}`),
  };
  return made;
}
