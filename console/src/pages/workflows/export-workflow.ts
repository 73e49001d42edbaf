import { terraformResource } from "./export-terraform.ts";
import type { StateMachine } from "./state-machine.ts";

export const exportFormats = ["asl", "yaml", "cloudformation", "sam", "cdk", "terraform"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportedFile {
  readonly fileName: string;
  readonly content: string;
}

/** A workflow as a file for somebody else's tools. ASL in JSON is exactly the text that was saved. */
export async function exportedFile(
  machine: StateMachine,
  tags: Readonly<Record<string, string>>,
  format: ExportFormat,
): Promise<ExportedFile> {
  const { name, definition } = machine;
  switch (format) {
    case "asl":
      return { fileName: `${name}.asl.json`, content: definition };
    case "yaml": {
      const { stringify } = await import("yaml");
      const content = stringify(JSON.parse(definition), { lineWidth: 100 });
      return { fileName: `${name}.asl.yaml`, content };
    }
    case "cloudformation":
      return {
        fileName: `${name}.cloudformation.json`,
        content: printed({
          AWSTemplateFormatVersion: "2010-09-09",
          Resources: {
            [logicalId(name)]: {
              Type: "AWS::StepFunctions::StateMachine",
              Properties: {
                StateMachineName: name,
                StateMachineType: machine.type,
                RoleArn: machine.roleArn,
                Definition: JSON.parse(definition),
                ...settings(machine),
                ...(Object.keys(tags).length > 0 && {
                  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
                }),
              },
            },
          },
        }),
      };
    case "sam":
      return {
        fileName: `${name}.sam.json`,
        content: printed({
          AWSTemplateFormatVersion: "2010-09-09",
          Transform: "AWS::Serverless-2016-10-31",
          Resources: {
            [logicalId(name)]: {
              Type: "AWS::Serverless::StateMachine",
              Properties: {
                Name: name,
                Type: machine.type,
                Role: machine.roleArn,
                Definition: JSON.parse(definition),
                ...samSettings(machine),
                ...(Object.keys(tags).length > 0 && { Tags: tags }),
              },
            },
          },
        }),
      };
    case "cdk":
      return { fileName: `${name}.cdk.ts`, content: construct(machine, tags) };
    case "terraform":
      return { fileName: `${name}.tf`, content: terraformResource(machine, tags) };
  }
}

const printed = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Letters and digits: CloudFormation takes no others. */
function logicalId(name: string): string {
  const words = name.split(/[^a-zA-Z0-9]+/).filter(Boolean);
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(joined) ? joined : `Workflow${joined}`;
}

function settings({ loggingConfiguration: logging, tracingConfiguration }: StateMachine) {
  return {
    ...(logging?.level !== undefined &&
      logging.level !== "OFF" && {
        LoggingConfiguration: {
          Level: logging.level,
          IncludeExecutionData: logging.includeExecutionData === true,
          Destinations: (logging.destinations ?? []).map(({ cloudWatchLogsLogGroup }) => ({
            CloudWatchLogsLogGroup: { LogGroupArn: cloudWatchLogsLogGroup?.logGroupArn },
          })),
        },
      }),
    ...(tracingConfiguration?.enabled === true && { TracingConfiguration: { Enabled: true } }),
  };
}

function samSettings(machine: StateMachine) {
  const { LoggingConfiguration, TracingConfiguration } = settings(machine);
  return {
    ...(LoggingConfiguration && { Logging: LoggingConfiguration }),
    ...(TracingConfiguration && { Tracing: TracingConfiguration }),
  };
}

function construct(machine: StateMachine, tags: object): string {
  const { name, type, roleArn, definition } = machine;
  const { LoggingConfiguration: logging, TracingConfiguration } = settings(machine);
  const group = logging?.Destinations[0]?.CloudWatchLogsLogGroup.LogGroupArn;
  const id = JSON.stringify(logicalId(name));
  const text = JSON.stringify(JSON.parse(definition), null, 2).replaceAll("\n", "\n      ");
  const more = [
    TracingConfiguration && "      tracingEnabled: true,\n",
    logging &&
      group !== undefined &&
      `      logs: {
        destination: logs.LogGroup.fromLogGroupArn(this, "Logs", ${JSON.stringify(group)}),
        level: sfn.LogLevel.${logging.Level},
        includeExecutionData: ${logging.IncludeExecutionData},
      },\n`,
  ].filter((each) => typeof each === "string");
  const tagged = Object.entries(tags).map(
    ([key, value]) =>
      `    cdk.Tags.of(stateMachine).add(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`,
  );
  return `${tagged.length > 0 ? 'import * as cdk from "aws-cdk-lib";\n' : ""}import * as iam from "aws-cdk-lib/aws-iam";
${group === undefined ? "" : 'import * as logs from "aws-cdk-lib/aws-logs";\n'}import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";

export class ${logicalId(name)} extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    ${tagged.length > 0 ? "const stateMachine = " : ""}new sfn.StateMachine(this, ${id}, {
      stateMachineName: ${JSON.stringify(name)},
      stateMachineType: sfn.StateMachineType.${type},
      role: iam.Role.fromRoleArn(this, "Role", ${JSON.stringify(roleArn)}),
${more.join("")}      definitionBody: sfn.DefinitionBody.fromString(JSON.stringify(${text})),
    });
${tagged.join("")}  }
}
`;
}
