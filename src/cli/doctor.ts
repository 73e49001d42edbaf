import { addedClients, shippedClients } from "../integrations/aws/installed-clients.ts";
import { resourceReports } from "../integrations/doctor/check-resources.ts";
import {
  type DoctorSettings,
  type IntegrationReport,
  integrationReports,
} from "../integrations/doctor/integration-report.ts";
import { accessText } from "./access-text.ts";
import { parseArguments } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { exposedFiles } from "./secret-files.ts";
import { readSettings, type Settings } from "./settings.ts";
import { styled } from "./terminal.ts";

const help = `Show for every service integration whether it can be used here, by which way, and what to do if not.

Usage: stepwell doctor [OPTIONS]
       stepwell doctor --check RESOURCE… [OPTIONS]

Nothing is called but what the AWS SDK asks for credentials. Settings are those that a server would have
that is started here with the same options.

Options:
  --check            Look only at these resources (sqs:sendMessage, aws-sdk:s3:getObject, a function's ARN)
  --json             Print one JSON document instead of text
  --functions DIR    The folder of the local functions
  --data-dir DIR     The data directory
  --config FILE      The configuration file
  --region REGION    The Region
  --help, -h         Show this

Exit status: 0; with --check 1 if one of the resources cannot be used.
`;

/** `stepwell doctor` */
export const doctor: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      check: { type: "boolean" },
      json: { type: "boolean" },
      functions: { type: "string" },
      "data-dir": { type: "string" },
      config: { type: "string" },
      region: { type: "string" },
    });
    const isCheck = values.check === true;
    if (isCheck && positionals.length === 0) {
      throw new UsageError("RESOURCE is missing: name one or more, such as sqs:sendMessage.");
    }
    if (!isCheck && positionals.length > 0) {
      throw new UsageError(`To look at '${positionals[0]}' alone, say --check.`);
    }
    const settings = await readSettings(values);
    const installed = [...shippedClients(), ...addedClients(settings.clientsFolder)];
    const looked: DoctorSettings = {
      ...settings,
      installed: [...new Set(installed.map(({ service }) => service))].sort(),
    };
    const reports = isCheck
      ? await resourceReports(positionals, looked)
      : await integrationReports(looked);
    const warnings = exposedFiles(settings.secretFiles);
    process.stdout.write(
      values.json === true
        ? `${JSON.stringify({ auth: settings.auth, warnings, integrations: reports }, null, 2)}\n`
        : `${reportText(reports)}${isCheck ? "" : aroundText(settings, warnings)}`,
    );
    return isCheck && reports.some(({ usable }) => !usable) ? 1 : 0;
  },
};

function aroundText(settings: Settings, warnings: readonly string[]): string {
  const label = styled(process.stdout, "yellow", "attention");
  return [
    `\nThe API: ${accessText(settings)}.\n`,
    ...warnings.map((warning) => `${label}  ${warning}\n`),
  ].join("");
}

function reportText(reports: readonly IntegrationReport[]): string {
  const width = (of: (report: IntegrationReport) => string): number =>
    Math.max(0, ...reports.map((report) => of(report).length));
  const nameWidth = width(({ name }) => name);
  const wayWidth = width(({ way }) => way);
  return reports
    .map(({ name, way, usable, because, todo }) => {
      const mark = styled(process.stdout, usable ? "green" : "yellow", usable ? "yes" : "no ");
      const next =
        todo === undefined
          ? ""
          : `\n${" ".repeat(nameWidth + wayWidth + 9)}${styled(process.stdout, "dim", `→ ${todo}`)}`;
      return `${name.padEnd(nameWidth)}  ${mark}  ${way.padEnd(wayWidth)}  ${because}${next}\n`;
    })
    .join("");
}
