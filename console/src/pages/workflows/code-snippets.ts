import { awsLine } from "../start/command-line.ts";

export const snippetLanguages = ["cli", "javascript", "python"] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];
export type SnippetTitle = "setUp" | "start" | "startSync" | "describe";

export interface Snippet {
  readonly title: SnippetTitle;
  readonly code: string;
}

export interface SnippetPlace {
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly region: string;
  readonly endpoint: string;
}

/** How a workflow is started, and read about, from elsewhere. */
export function snippetsOf(language: SnippetLanguage, place: SnippetPlace): readonly Snippet[] {
  return writers[language](place);
}

const writers: Readonly<Record<SnippetLanguage, (place: SnippetPlace) => readonly Snippet[]>> = {
  cli({ stateMachineArn, type, region, endpoint }) {
    const common = { "endpoint-url": endpoint, region };
    const start = { ...common, "state-machine-arn": stateMachineArn, input: "{}" };
    const setUp: Snippet = {
      title: "setUp",
      code: "export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local",
    };
    if (type === "EXPRESS") {
      return [
        setUp,
        { title: "startSync", code: awsLine("start-sync-execution", start) },
        { title: "start", code: awsLine("start-execution", start) },
      ];
    }
    return [
      setUp,
      {
        title: "start",
        code: awsLine("start-execution", {
          ...common,
          "state-machine-arn": stateMachineArn,
          name: "first",
          input: "{}",
        }),
      },
      {
        title: "describe",
        code: awsLine("describe-execution", {
          ...common,
          "execution-arn": `${stateMachineArn.replace(":stateMachine:", ":execution:")}:first`,
        }),
      },
    ];
  },

  javascript({ stateMachineArn, type, region, endpoint }) {
    const isExpress = type === "EXPRESS";
    const commands = isExpress
      ? "StartExecutionCommand, StartSyncExecutionCommand"
      : "DescribeExecutionCommand, StartExecutionCommand";
    const input = `{
    stateMachineArn: ${JSON.stringify(stateMachineArn)},
    input: JSON.stringify({}),
  }`;
    const setUp = `import { SFNClient, ${commands} } from "@aws-sdk/client-sfn";

const client = new SFNClient({
  endpoint: ${JSON.stringify(endpoint)},
  region: ${JSON.stringify(region)},
  credentials: { accessKeyId: "local", secretAccessKey: "local" },${isExpress ? "\n  disableHostPrefix: true," : ""}
});`;
    const start = `const { executionArn } = await client.send(
  new StartExecutionCommand(${input}),
);`;
    if (isExpress) {
      return [
        { title: "setUp", code: setUp },
        {
          title: "startSync",
          code: `const { status, output, error, cause } = await client.send(
  new StartSyncExecutionCommand(${input}),
);`,
        },
        { title: "start", code: start },
      ];
    }
    return [
      { title: "setUp", code: setUp },
      { title: "start", code: start },
      {
        title: "describe",
        code: `const { status, output, error, cause } = await client.send(
  new DescribeExecutionCommand({ executionArn }),
);`,
      },
    ];
  },

  python({ stateMachineArn, type, region, endpoint }) {
    const isExpress = type === "EXPRESS";
    const setUp = `import json
import boto3${isExpress ? "\nfrom botocore.config import Config" : ""}

sfn = boto3.client(
    "stepfunctions",
    endpoint_url=${JSON.stringify(endpoint)},
    region_name=${JSON.stringify(region)},
    aws_access_key_id="local",
    aws_secret_access_key="local",${isExpress ? "\n    config=Config(inject_host_prefix=False)," : ""}
)`;
    const call = (name: string) => `sfn.${name}(
    stateMachineArn=${JSON.stringify(stateMachineArn)},
    input=json.dumps({}),
)`;
    const start = `execution = ${call("start_execution")}`;
    if (isExpress) {
      return [
        { title: "setUp", code: setUp },
        {
          title: "startSync",
          code: `result = ${call("start_sync_execution")}
print(result["status"], result.get("output"), result.get("cause"))`,
        },
        { title: "start", code: start },
      ];
    }
    return [
      { title: "setUp", code: setUp },
      { title: "start", code: start },
      {
        title: "describe",
        code: `result = sfn.describe_execution(executionArn=execution["executionArn"])
print(result["status"], result.get("output"), result.get("cause"))`,
      },
    ];
  },
};
