import type { StateMachine } from "./state-machine.ts";

/** A resource of Terraform's AWS provider, with the definition as it is written. */
export function terraformResource(
  machine: StateMachine,
  tags: Readonly<Record<string, string>>,
): string {
  const { name, type, roleArn, definition } = machine;
  const parts = [
    `  name     = ${quoted(name)}\n  type     = ${quoted(type)}\n  role_arn = ${quoted(roleArn)}\n`,
    // No line of JSON is a word: the end of the text cannot be met in it.
    `  definition = <<JSON\n${literal(definition.trimEnd())}\nJSON\n`,
    ...settings(machine),
    ...tagLines(tags),
  ];
  return `resource "aws_sfn_state_machine" ${quoted(resourceName(name))} {\n${parts.join("\n")}}\n`;
}

function settings({ loggingConfiguration: logging, tracingConfiguration }: StateMachine) {
  const group = logging?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  const isLogged = logging?.level !== undefined && logging.level !== "OFF";
  return [
    ...(isLogged
      ? [
          `  logging_configuration {\n    level                  = ${quoted(logging.level)}\n    include_execution_data = ${logging.includeExecutionData === true}\n${group === undefined ? "" : `    log_destination        = ${quoted(group)}\n`}  }\n`,
        ]
      : []),
    ...(tracingConfiguration?.enabled === true
      ? ["  tracing_configuration {\n    enabled = true\n  }\n"]
      : []),
  ];
}

function tagLines(tags: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(tags).map(
    ([key, value]) => `    ${quoted(key)} = ${quoted(value)}\n`,
  );
  return lines.length === 0 ? [] : [`  tags = {\n${lines.join("")}  }\n`];
}

/** `${` and `%{` begin a template in any text of HCL; doubled they are themselves. */
function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}

function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

/** Letters, digits, dashes and underscores, with no digit first. */
function resourceName(name: string): string {
  const joined = name.replaceAll(/[^a-zA-Z0-9_-]+/g, "_");
  return /^[a-zA-Z_]/.test(joined) ? joined : `workflow_${joined}`;
}
