import type { SessionView } from "../../../../src/console/view-types.ts";
import { sampleInput } from "./samples.ts";

export const snippetLanguages = ["cli", "javascript", "python"] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

type Place = Pick<SessionView, "endpoint" | "region">;

/** How an execution is started against this server; code is the same in every language that people speak. */
export function startSnippet(
  language: SnippetLanguage,
  place: Place,
  stateMachineArn: string,
  name: string,
): string {
  const input = JSON.stringify(JSON.parse(sampleInput(name)));
  switch (language) {
    case "cli":
      return [
        `export AWS_DEFAULT_REGION=${place.region}`,
        "export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local",
        "aws stepfunctions start-execution \\",
        `  --endpoint-url ${place.endpoint} \\`,
        `  --state-machine-arn ${stateMachineArn} \\`,
        `  --input '${input.replaceAll("'", String.raw`'\''`)}'`,
      ].join("\n");
    case "javascript":
      return [
        'import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";',
        "",
        "const sfn = new SFNClient({",
        `  endpoint: "${place.endpoint}",`,
        `  region: "${place.region}",`,
        '  credentials: { accessKeyId: "local", secretAccessKey: "local" },',
        "});",
        "await sfn.send(new StartExecutionCommand({",
        `  stateMachineArn: "${stateMachineArn}",`,
        `  input: JSON.stringify(${input}),`,
        "}));",
      ].join("\n");
    case "python":
      return [
        "import boto3",
        "",
        'sfn = boto3.client("stepfunctions",',
        `    endpoint_url="${place.endpoint}", region_name="${place.region}",`,
        '    aws_access_key_id="local", aws_secret_access_key="local")',
        "sfn.start_execution(",
        `    stateMachineArn="${stateMachineArn}",`,
        `    input='${input.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}')`,
      ].join("\n");
  }
}

export function createSnippet({ endpoint, region }: Place): string {
  return [
    "aws stepfunctions create-state-machine \\",
    `  --endpoint-url ${endpoint} --region ${region} \\`,
    "  --name my-workflow --definition file://my-workflow.asl.json \\",
    "  --role-arn arn:aws:iam::000000000000:role/local",
  ].join("\n");
}
