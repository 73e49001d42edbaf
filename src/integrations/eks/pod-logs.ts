import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
  setMember,
} from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { QueryParameter } from "../http/query-parameters.ts";
import { isSuccess } from "../http/http-result.ts";
import { memberAt } from "../jobs/member-at.ts";
import type { KubernetesApi } from "./clusters.ts";

export interface LogOptions {
  /** Logs that are JSON stay text. */
  readonly isRaw: boolean;
  /** Parameters of Kubernetes' Read Log: `tailLines`. */
  readonly parameters: readonly QueryParameter[];
}

/** Our choice: together they have to fit into a result; what comes after that is not asked for. */
const mostPods = 100;
const mostCharacters = 262_144;

/**
 * The logs of a job's pods: `{ pods: { POD: { containers: { CONTAINER: { log } } } } }`.
 *
 * *Documented*, also that it is done as well as it can: where a log is not to be had, `error` and `cause` say why.
 */
export async function podLogs(
  api: KubernetesApi,
  job: { readonly namespace: string; readonly name: string },
  { isRaw, parameters }: LogOptions,
  signal: AbortSignal,
): Promise<JsonObject> {
  const base = `/api/v1/namespaces/${encodeURIComponent(job.namespace)}/pods`;
  const listed = await api.send({
    method: "GET",
    path: base,
    query: [
      ["labelSelector", `job-name=${job.name}`],
      ["limit", String(mostPods)],
    ],
    signal,
  });
  const pods: Record<string, JsonValue> = {};
  let characters = 0;
  const found = listed.type === "answered" && isSuccess(listed) ? jsonOf(listed.body) : undefined;
  for (const pod of itemsOf(found)) {
    const name = memberAt(pod, "metadata.name");
    if (typeof name !== "string") continue;
    const containers: Record<string, JsonValue> = {};
    for (const container of containerNames(pod)) {
      if (characters > mostCharacters) break;
      const log = await oneLog(api, `${base}/${encodeURIComponent(name)}/log`, {
        parameters: [["container", container], ...parameters],
        isRaw,
        signal,
      });
      characters += JSON.stringify(log).length;
      setMember(containers, container, log);
    }
    setMember(pods, name, { containers });
  }
  return { pods };
}

async function oneLog(
  api: KubernetesApi,
  path: string,
  { parameters, isRaw, signal }: LogOptions & { readonly signal: AbortSignal },
): Promise<JsonObject> {
  const outcome = await api.send({ method: "GET", path, query: parameters, signal });
  if (outcome.type === "answered") {
    const text = api.mask.text(outcome.body.toString());
    if (isSuccess(outcome)) return { log: isRaw ? text : (jsonOf(text) ?? text) };
    return { error: `EKS.${outcome.statusCode}`, cause: text };
  }
  if (outcome.type === "tooLong") {
    return {
      error: "States.DataLimitExceeded",
      cause:
        "The log is longer than a result may be: limit it with LogParameters, by tailLines or limitBytes.",
    };
  }
  return { error: "EKS.SdkClientException", cause: "The log could not be read." };
}

function itemsOf(list: JsonValue | undefined): readonly JsonObject[] {
  const items = isJsonObject(list) ? ownMember(list, "items") : undefined;
  return isJsonArray(items) ? items.filter((item) => isJsonObject(item)) : [];
}

function containerNames(pod: JsonObject): readonly string[] {
  const containers = memberAt(pod, "spec.containers");
  if (!isJsonArray(containers)) return [];
  return containers.flatMap((one) => {
    const name = memberAt(one, "name");
    return typeof name === "string" ? [name] : [];
  });
}

function jsonOf(text: string | Buffer): JsonValue | undefined {
  try {
    return parseJson(text.toString());
  } catch {
    return undefined;
  }
}
