import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Api, createApi } from "../api.ts";
import type { NodeProcess } from "./node-process.ts";

/** A load balancer before the nodes, as clients have one: calls go to nodes that say that they are ready. */
export interface ClusterApi extends Api {
  /** Calls that got an answer, and those that got none, or one that says to try again. */
  readonly counts: { answered: number; unanswered: number };
  /** While it is set, it is told of calls that failed, which no call should then. */
  strict: ((text: string) => void) | undefined;
}

/** Our choices: how often nodes are asked whether they are ready, and how long an answer is waited for. */
const lookMs = 100;
const limitMs = (operation: string): number => (operation === "GetActivityTask" ? 75_000 : 40_000);

/** `mistake` is told of answers that say that the server made one. */
export function createClusterApi(
  nodes: readonly NodeProcess[],
  mistake: (text: string) => void,
): ClusterApi {
  const apis = nodes.map(({ name, port }) => ({ name, api: createApi(port, limitMs) }));
  const isReady = nodes.map(() => true);
  let calls = 0;
  let isClosed = false;
  for (const [index, node] of nodes.entries()) {
    void (async () => {
      while (!isClosed) {
        isReady[index] = await node.isReady();
        await sleep(lookMs);
      }
    })();
  }

  const clusterApi: ClusterApi = {
    counts: { answered: 0, unanswered: 0 },
    strict: undefined,
    async call(operation, input, waitSeconds) {
      let answer: Answer = { type: "lost", reason: "no node" };
      let name = "";
      for (let tries = 0; tries < 2 * apis.length; tries++) {
        const first = calls++;
        const order = apis.map((_, index) => (first + index) % apis.length);
        const index = order.find((each) => isReady[each]);
        if (index === undefined && tries === 0) await sleep(lookMs);
        const node = apis[index ?? first % apis.length] as (typeof apis)[number];
        name = node.name;
        answer = await node.api.call(operation, input, waitSeconds);
        // Nothing was done: it goes to another. What a node has begun is never repeated here.
        if (answer.type !== "lost" || answer.reason !== "ECONNREFUSED") break;
        isReady[index ?? first % apis.length] = false;
      }
      if (answer.type === "error" && answer.code === "InternalFailure") {
        mistake(`${name} answered ${operation} with ${answer.code}: ${answer.message}`);
      }
      if (answer.type === "ok" || (answer.type === "error" && answer.status < 500)) {
        clusterApi.counts.answered++;
        return answer;
      }
      // It may have been done.
      clusterApi.counts.unanswered++;
      const reason = answer.type === "lost" ? answer.reason : `${answer.status} ${answer.message}`;
      clusterApi.strict?.(`${operation} at ${name} failed: ${reason}`);
      return { type: "lost", reason };
    },
    close() {
      isClosed = true;
      for (const { api } of apis) api.close();
    },
  };
  return clusterApi;
}

/** The same API for who must have an answer: asks again until there is one. */
export function persistent(api: Api): Api {
  return {
    async call(...args) {
      for (;;) {
        const answer = await api.call(...args);
        if (answer.type !== "lost") return answer;
        await sleep(50);
      }
    },
    close() {},
  };
}

/** The same API for a client that takes its time: it pauses before each call. */
export function paced(api: Api, pauseMs: number): Api {
  return {
    async call(...args) {
      await sleep(pauseMs);
      return api.call(...args);
    },
    close() {},
  };
}
