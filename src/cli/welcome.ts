import { accessText } from "./access-text.ts";
import type { DeployedExample } from "./deploy-examples.ts";
import { shownUrl } from "./cluster-schema.ts";
import type { Settings } from "./settings.ts";
import { styled } from "./terminal.ts";

/** What the server prints when it serves: where everything is, and what to type next. */
export function welcome(options: {
  readonly settings: Settings;
  readonly url: string;
  readonly deployed: readonly DeployedExample[];
  readonly hasConsole: boolean;
}): string {
  const { settings, url, deployed, hasConsole } = options;
  const bold = (text: string): string => styled(process.stdout, "bold", text);
  const functions = settings.functionsFolder;
  return [
    `${bold("Stepwell serves AWS Step Functions at")} ${bold(url)}`,
    ...(hasConsole ? [`  console    ${bold(`${clientUrl(url)}${settings.consolePath}/`)}`] : []),
    ...(settings.store === undefined
      ? [`  data       ${settings.dataDir}`]
      : [
          `  store      ${shownUrl(settings.store)}: a node of its cluster; stepwell cluster shows them`,
          `  files      ${settings.dataDir}`,
        ]),
    `  functions  ${functions ?? "none: name a folder with --functions DIR, or make ./functions"}`,
    `  ARNs       account ${settings.accountId}; each client's own Region, ${settings.region} where none is named`,
    ...(deployed.length === 0
      ? []
      : [`  examples   ${deployed.map(({ example }) => example.name).join(", ")}`]),
    ...(settings.mockConfig === undefined ? [] : [`  mocks      ${settings.mockConfig}`]),
    ...(settings.waitTimeScale === 1
      ? []
      : [`  waits      multiplied by ${settings.waitTimeScale}; time-outs stay as they are`]),
    ...(settings.standInServices === undefined
      ? []
      : [
          "  stand-ins  SQS, SNS, EventBridge and DynamoDB answer from memory: to try things, no emulator; gone after a restart",
        ]),
    `  access     ${accessText(settings)}`,
    ...exposure(settings),
    "",
    "To use it from another terminal with the AWS CLI:",
    "",
    ...commands(settings, url, deployed).map((line) => `  ${line}`),
    "",
    "Ctrl+C stops it; what runs goes on when it is started again.",
    "",
  ].join("\n");
}

/** Where nobody is asked who he is, who reaches the port may do everything, and functions are code. */
function exposure({ host, auth, tls }: Settings): string[] {
  if (host === "localhost" || host === "::1" || host.startsWith("127.")) return [];
  const warning = styled(process.stdout, "yellow", "  attention");
  if (auth.mode === "open") {
    return [
      `${warning}  ${host} can be reached from other machines, and nobody is asked for credentials`,
    ];
  }
  return tls === undefined
    ? [
        `${warning}  ${host} can be reached from other machines, and what is said can be read on the way`,
      ]
    : [];
}

function commands(settings: Settings, url: string, deployed: readonly DeployedExample[]): string[] {
  const aws = `aws stepfunctions --endpoint-url ${clientUrl(url)}`;
  const key =
    settings.auth.mode === "open"
      ? "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"
      : "AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…";
  const environment = [
    `export AWS_DEFAULT_REGION=${settings.region} ${key}`,
    // Else the CLI puts `sync-` before the host for StartSyncExecution, which no local name server knows.
    "export AWS_DISABLE_HOST_PREFIX_INJECTION=true",
    `${aws} list-state-machines`,
  ];
  const first = deployed.find(({ example }) => example.name === "hello-world") ?? deployed[0];
  if (first === undefined) return environment;
  const { example, stateMachineArn } = first;
  const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:first`;
  return [
    ...environment,
    `${aws} start-execution --name first --state-machine-arn ${stateMachineArn} \\`,
    `  --input '${example.input.replaceAll("'", String.raw`'\''`)}'`,
    `${aws} describe-execution --execution-arn ${executionArn}`,
  ];
}

/** An address that stands for all of them is not one to connect to. */
function clientUrl(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
