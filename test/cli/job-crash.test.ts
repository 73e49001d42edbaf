import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { JobService } from "./jobs/job-service.ts";
import { jobServices } from "./jobs/job-services.ts";
import { call, closed, startServer, temporaryFolder } from "./stepwell.ts";

interface RunningJob extends JobService {
  readonly name: string;
  readonly executionArn: string;
}

/** A server whose jobs, one of each kind, are under way, until the signal; then another on the same folder. */
async function jobsOver(signal: NodeJS.Signals, between: (jobs: readonly RunningJob[]) => void) {
  const services: { readonly [name: string]: JobService } = Object.fromEntries(
    await Promise.all(
      Object.entries(jobServices).map(async ([name, make]) => [name, await make()] as const),
    ),
  );
  const cwd = temporaryFolder();
  const all = Object.values(services);
  const configuration = Object.assign({}, ...all.map((one) => one.configuration ?? {})) as object;
  writeFileSync(join(cwd, "stepwell.config.json"), JSON.stringify(configuration));
  const env = Object.assign({}, ...all.map((one) => one.environment ?? {})) as Record<
    string,
    string
  >;
  const server = await startServer([], { cwd, env });
  const jobs: RunningJob[] = [];
  for (const [name, service] of Object.entries(services)) {
    const { stateMachineArn } = await call(server.url, "CreateStateMachine", {
      name: name.replaceAll(/\W/g, "-"),
      roleArn: "arn:aws:iam::000000000000:role/r",
      definition: JSON.stringify(definitionOf(service)),
    });
    const { executionArn } = await call(server.url, "StartExecution", { stateMachineArn });
    jobs.push({ ...service, name, executionArn: String(executionArn) });
  }
  await Promise.all(jobs.map((job) => job.underWay()));
  await server.end(signal);
  between(jobs);
  const { url } = await startServer([], { cwd, env });
  return { url, jobs };
}

/** As many branches as there are jobs, so that every result is a list. */
function definitionOf({ task, tasks = 1 }: JobService): object {
  const Branches = Array.from({ length: tasks }, (_, index) => ({
    StartAt: `Job ${index}`,
    States: { [`Job ${index}`]: { Type: "Task", ...task, End: true } },
  }));
  return { StartAt: "All", States: { All: { Type: "Parallel", Branches, End: true } } };
}

async function eventTypes(url: string, executionArn: string): Promise<string[]> {
  const { events } = await call(url, "GetExecutionHistory", { executionArn, maxResults: 1000 });
  return (events as { type: string }[]).map(({ type }) => type);
}

test.each(["SIGKILL", "SIGTERM"] as const)(
  "jobs of every kind outlive %s, are taken up without a second submission, and end once",
  async (signal) => {
    const { url, jobs } = await jobsOver(signal, (running) => {
      for (const job of running) job.finish();
    });
    for (const { name, executionArn, tasks = 1, result, changes, submission } of jobs) {
      const described = await closed(url, executionArn);
      expect(described, name).toMatchObject({ status: "SUCCEEDED" });
      const results = Array.from({ length: tasks }, () => result);
      expect(JSON.parse(String(described["output"])), name).toMatchObject(results);
      expect(changes(), name).toEqual(submission);
      const types = await eventTypes(url, executionArn);
      for (const once of ["TaskScheduled", "TaskSubmitted", "TaskSucceeded"]) {
        expect(
          types.filter((type) => type === once),
          name,
        ).toHaveLength(tasks);
      }
    }
  },
);

test("jobs of every kind are cancelled by StopExecution that comes as soon as the next server is there", async () => {
  const { url, jobs } = await jobsOver("SIGKILL", () => {});
  await Promise.all(jobs.map(({ executionArn }) => call(url, "StopExecution", { executionArn })));
  for (const { name, executionArn, changes, submission, cancel } of jobs) {
    await vi.waitFor(() => expect(changes(), name).toEqual([...submission, ...cancel]), 20_000);
    expect(await closed(url, executionArn), name).toMatchObject({ status: "ABORTED" });
  }
});
