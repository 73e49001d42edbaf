import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import type { ServiceAnswer, ServiceCall } from "../described/service-call.ts";
import type { LookedAtJob, ManyLooks } from "./job-description.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import { createJobLooks } from "./job-looks.ts";

const description: LookedAtJob = {
  ends: "by look",
  key: { Id: "submission.Id" },
  look: { operation: "getJob", permission: "jobs:GetJob" },
  lookAtMany: {
    operation: "getJobs",
    permission: "jobs:GetJobs",
    most: 3,
    parameters: (keys) => ({ Ids: keys.map((key) => key["Id"] as string) }),
    described: (answer, key) => {
      const job = (answer["Jobs"] as JsonObject)[key["Id"] as string];
      return job === undefined ? undefined : { Job: job };
    },
  },
  status: () => "running",
};

function answered(output: JsonObject): ServiceAnswer {
  return {
    type: "answered",
    output,
    requestId: "r",
    statusCode: 200,
    headers: {},
    errorPrefix: "Jobs",
  };
}

const refusal = { message: "No.", code: "No", exception: "No", statusCode: 400, requestId: "r" };
const refused: ServiceAnswer = { type: "refused", refusal, errorPrefix: "Jobs" };
const busy: ServiceAnswer = { ...refused, refusal: { ...refusal, code: "ThrottlingException" } };
const lost: ServiceAnswer = { type: "noAnswer", message: "socket hang up", errorPrefix: "Jobs" };

/** Looks over a service that answers one job at a time as it should, and many as is said. */
function looksOver(many: () => ServiceAnswer, more: Partial<LookedAtJob> = {}) {
  const calls: string[] = [];
  const scheduled: (() => void)[] = [];
  const call: ServiceCall = async ({ operation, parameters }) => {
    calls.push(`${operation} ${JSON.stringify(parameters)}`);
    return operation === "getJobs"
      ? many()
      : answered({ Job: `single ${parameters["Id"] as string}` });
  };
  const clock = {
    now: () => 0,
    schedule: (_: number, wake: () => void) => {
      scheduled.push(wake);
      return () => void scheduled.splice(scheduled.indexOf(wake), 1);
    },
  };
  const looks = createJobLooks({ ...description, ...more }, call, optimizedStyle([]), { clock });
  const look = async (Id: string) => {
    const answer = await looks.look({ Id });
    return answer.type === "answered" ? answer.output : answer.type;
  };
  const passTime = (): void => {
    for (const wake of scheduled.splice(0)) wake();
  };
  return { calls, look, passTime };
}

test("one look alone is a call for one job", async () => {
  const { calls, look, passTime } = looksOver(() => refused);
  const one = look("a");
  passTime();
  expect(await one).toEqual({ Job: "single a" });
  expect(calls).toEqual(['getJob {"Id":"a"}']);
});

test("as many as the service takes go at once, the others a moment later", async () => {
  const { calls, look, passTime } = looksOver(() =>
    answered({ Jobs: { a: "A", b: "B", c: "C", d: "D", e: "E" } }),
  );
  const looks = ["a", "b", "c", "d", "e"].map(look);
  expect(calls).toEqual(['getJobs {"Ids":["a","b","c"]}']);
  passTime();
  expect(await Promise.all(looks)).toEqual(["A", "B", "C", "D", "E"].map((Job) => ({ Job })));
  expect(calls).toHaveLength(2);
});

test("jobs that cannot go in one call go in several", async () => {
  const group = (key: JsonObject): string => (key["Id"] as string).slice(0, 1);
  const { calls, look, passTime } = looksOver(
    () => answered({ Jobs: { a1: "A1", a2: "A2", b1: "B1", b2: "B2" } }),
    { lookAtMany: { ...(description.lookAtMany as ManyLooks), group } },
  );
  const looks = ["a1", "b1", "a2", "b2"].map(look);
  passTime();
  expect(await Promise.all(looks)).toEqual(["A1", "B1", "A2", "B2"].map((Job) => ({ Job })));
  expect(calls).toEqual(['getJobs {"Ids":["a1","a2"]}', 'getJobs {"Ids":["b1","b2"]}']);
});

test("a job that is not in the answer is asked for by itself", async () => {
  const { look, passTime } = looksOver(() => answered({ Jobs: { a: "A" } }));
  const looks = [look("a"), look("b")];
  passTime();
  expect(await Promise.all(looks)).toEqual([{ Job: "A" }, { Job: "single b" }]);
});

test("one job that spoils the call for many does not spoil the others", async () => {
  const { look, passTime } = looksOver(() => refused);
  const looks = [look("a"), look("b")];
  passTime();
  expect(await Promise.all(looks)).toEqual([{ Job: "single a" }, { Job: "single b" }]);
});

test.each([
  ["no answer", lost, "noAnswer"],
  ["a refusal for now", busy, "refused"],
])("%s for many is that for each, and no storm of calls", async (_, answer, type) => {
  const { calls, look, passTime } = looksOver(() => answer);
  const looks = [look("a"), look("b")];
  passTime();
  expect(await Promise.all(looks)).toEqual([type, type]);
  expect(calls).toHaveLength(1);
});

test("a mistake of ours reaches everybody who waits", async () => {
  const { look, passTime } = looksOver(() => {
    throw new Error("ours");
  });
  const looks = Promise.allSettled([look("a"), look("b")]);
  passTime();
  expect((await looks).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
