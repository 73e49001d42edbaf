import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { kubernetesServer } from "../../contracts/kubernetes-server.ts";
import { testCertificate } from "../../contracts/tls-certificate.ts";
import { type JobService, standInService } from "./job-service.ts";

/** One of each way in which jobs are lived; all can be had of one server at a time. */
export const jobServices: { readonly [name: string]: () => Promise<JobService> } = {
  "a query of Athena, looked at alone": athena,
  "three tasks of ECS, looked at together": ecs,
  "a cluster of EKS that is created": eksCluster,
  "a job of Kubernetes": kubernetesJob,
  "a command that stands in for Batch": standInCommand,
  "a command of ours": ownCommand,
};

async function athena(): Promise<JobService> {
  let state = "RUNNING";
  const described = () => ({ QueryExecutionId: "q-1", Status: { State: state } });
  const service = await standInService(({ operation }) => {
    if (operation === "StartQueryExecution") return { QueryExecutionId: "q-1" };
    return operation === "GetQueryExecution" ? { QueryExecution: described() } : {};
  });
  return {
    task: {
      Resource: "arn:aws:states:::athena:startQueryExecution.sync",
      Parameters: { QueryString: "SELECT 1" },
    },
    environment: { AWS_ENDPOINT_URL_ATHENA: service.url },
    underWay: () => service.called("GetQueryExecution"),
    finish: () => void (state = "SUCCEEDED"),
    changes: () =>
      service.calls
        .map(({ operation }) => operation)
        .filter((operation) => operation !== "GetQueryExecution"),
    submission: ["StartQueryExecution"],
    cancel: ["StopQueryExecution"],
    result: { QueryExecution: { QueryExecutionId: "q-1", Status: { State: "SUCCEEDED" } } },
  };
}

async function ecs(): Promise<JobService> {
  const tasks = 3;
  let status = "RUNNING";
  const clusterArn = "arn:aws:ecs:us-east-1:000000000000:cluster/c";
  const started: string[] = [];
  const described = (taskArn: unknown) => ({
    taskArn,
    clusterArn,
    lastStatus: status,
    containers: [{ name: "main", ...(status === "STOPPED" ? { exitCode: 0 } : {}) }],
  });
  const service = await standInService(({ operation, input }) => {
    switch (operation) {
      case "RunTask": {
        const taskArn = `arn:aws:ecs:us-east-1:000000000000:task/c/${started.length + 1}`;
        started.push(taskArn);
        return { tasks: [described(taskArn)], failures: [] };
      }
      case "DescribeTasks":
        return { tasks: (input["tasks"] as string[]).map(described), failures: [] };
      default:
        return { task: described(input["task"]) };
    }
  });
  return {
    task: {
      Resource: "arn:aws:states:::ecs:runTask.sync",
      Parameters: { Cluster: "c", TaskDefinition: "t" },
    },
    tasks,
    environment: { AWS_ENDPOINT_URL_ECS: service.url },
    underWay: () => service.called("DescribeTasks"),
    finish: () => void (status = "STOPPED"),
    changes: () =>
      service.calls
        .map(({ operation }) => operation)
        .filter((operation) => operation !== "DescribeTasks"),
    submission: Array.from({ length: tasks }, () => "RunTask"),
    cancel: Array.from({ length: tasks }, () => "StopTask"),
    result: { ClusterArn: clusterArn, LastStatus: "STOPPED" },
  };
}

async function eksCluster(): Promise<JobService> {
  let status = "CREATING";
  const service = await standInService(() => ({ cluster: { name: "c", status } }));
  return {
    task: {
      Resource: "arn:aws:states:::eks:createCluster.sync",
      Parameters: {
        Name: "c",
        RoleArn: "arn:aws:iam::000000000000:role/eks",
        ResourcesVpcConfig: { SubnetIds: ["subnet-1"] },
      },
    },
    environment: { AWS_ENDPOINT_URL_EKS: service.url },
    underWay: () => service.called("GET /clusters/c"),
    finish: () => void (status = "ACTIVE"),
    changes: () =>
      service.calls
        .map(({ operation }) => operation)
        .filter((operation) => !operation.startsWith("GET")),
    submission: ["POST /clusters"],
    cancel: ["DELETE /clusters/c"],
    result: { Cluster: { Name: "c", Status: "ACTIVE" } },
  };
}

async function kubernetesJob(): Promise<JobService> {
  const server = await kubernetesServer("Bearer the-token");
  const folder = ownFolder();
  const certificate = Buffer.from(testCertificate).toString("base64");
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      contexts: [{ name: "dev", context: { cluster: "c", user: "u" } }],
      clusters: [
        {
          name: "c",
          cluster: { server: server.origin, "certificate-authority-data": certificate },
        },
      ],
      users: [{ name: "u", user: { token: "the-token" } }],
    }),
  );
  return {
    task: {
      Resource: "arn:aws:states:::eks:runJob.sync",
      Parameters: {
        ClusterName: "dev",
        CertificateAuthority: certificate,
        Endpoint: "https://cluster.test",
        Job: { apiVersion: "batch/v1", kind: "Job", metadata: { name: "example" }, spec: {} },
      },
    },
    configuration: { kubernetes: { kubeconfig } },
    underWay: () =>
      until(() => server.seen.some(({ method }) => method === "GET"), "nobody looks at the job"),
    finish: () => server.end("example", "Complete"),
    changes: () => server.changes(),
    submission: ["POST /apis/batch/v1/namespaces/default/jobs"],
    cancel: ["DELETE /apis/batch/v1/namespaces/default/jobs/example"],
    result: { metadata: { name: "example", uid: "uid-1" } },
  };
}

function standInCommand(): Promise<JobService> {
  const { command, ...service } = localCommand();
  return Promise.resolve({
    ...service,
    task: {
      Resource: "arn:aws:states:::batch:submitJob.sync",
      Parameters: { JobName: "j", JobQueue: "q", JobDefinition: "d" },
    },
    configuration: { standIns: { "batch:submitJob.sync": { command } } },
  });
}

function ownCommand(): Promise<JobService> {
  const { command, ...service } = localCommand();
  return Promise.resolve({
    ...service,
    task: { Resource: "arn:stepwell:states:::run.sync", Parameters: { Command: "work" } },
    configuration: { commands: { work: { command } } },
  });
}

/** A command that writes down that it begins and that it is asked to end, and works until it is told to finish. */
function localCommand(): Omit<JobService, "task" | "configuration"> & { readonly command: string } {
  const folder = ownFolder();
  const [log, go] = [join(folder, "log"), join(folder, "go")];
  appendFileSync(log, "");
  const changes = (): readonly string[] =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  return {
    command: `trap 'echo end >> ${log}; exit 143' TERM; echo begin >> ${log}; while [ ! -e ${go} ]; do sleep 0.1; done; echo '{"did":"it"}'`,
    underWay: () => until(() => changes().length > 0, "the command does not begin"),
    finish: () => writeFileSync(go, ""),
    changes,
    submission: ["begin"],
    cancel: ["end"],
    result: { did: "it" },
  };
}

function until(isSo: () => boolean, otherwise: string): Promise<void> {
  return vi.waitFor(() => {
    if (!isSo()) throw new Error(otherwise);
  }, 20_000);
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-job-"));
  onTestFinished(() => {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  });
  return folder;
}
