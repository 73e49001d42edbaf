import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { SealedJournals } from "./sealed-journals.ts";
import { sealedKinds } from "./sealed-records.ts";
import type { Place, Seals } from "./seals.ts";

type ClusterPart = Pick<
  ClusterStore,
  "claim" | "overdueMessages" | "postCall" | "postedCalls" | "answerCall" | "answerOf"
>;

/** What of a shared store is sealed beside its executions: questions that go through it, and their answers. */
export function sealedCluster(
  store: ClusterStore,
  journals: SealedJournals,
  seals: Seals,
): ClusterPart {
  return {
    claim(partition, nodeId) {
      journals.forget(partition);
      return store.claim(partition, nodeId);
    },
    async overdueMessages(partitions, waitedMs, limit) {
      const messages = await store.overdueMessages(partitions, waitedMs, limit);
      return seals.opened(() =>
        messages.map((each) => seals.openRecord(sealedKinds.message, each)),
      );
    },
    postCall: (call) =>
      store.postCall({ ...call, request: seals.seal(call.request, placeOf(call, "request")) }),
    async postedCalls(partitions, limit) {
      const calls = await store.postedCalls(partitions, limit);
      return seals.opened(() =>
        calls.map((call) => ({
          ...call,
          request: seals.open(call.request, placeOf(call, "request")).text,
        })),
      );
    },
    answerCall: (call, answer) =>
      store.answerCall(call, seals.seal(answer, placeOf(call, "answer"))),
    async answerOf(call) {
      const answer = await store.answerOf(call);
      return answer && seals.opened(() => seals.open(answer, placeOf(call, "answer")).text);
    },
  };
}

function placeOf(
  { id, partition }: { readonly id: string; readonly partition: number },
  member: "request" | "answer",
): Place {
  return { key: ["call", partition, id, member], name: `the ${member} of the call ${id}` };
}
