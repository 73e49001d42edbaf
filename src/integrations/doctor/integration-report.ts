import { optimizedIntegrations } from "../../asl/resources/optimized-integrations.ts";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { TaskResource } from "../../asl/resources/resource.ts";
import { endpointVariable } from "../aws/aws-connections.ts";
import { installCommand } from "../aws/call-failures.ts";
import type { IntegrationSettings } from "../integration-options.ts";
import { standInFinder } from "../stand-ins/match-resource.ts";
import { type CalledService, calledServices } from "./called-services.ts";
import { actionsText, ownReports } from "./own-reports.ts";
import { rolesReport } from "./roles-report.ts";
import { standInText } from "./stand-in-text.ts";
import { type Answering, createWhoAnswers } from "./who-answers.ts";

/** By which way tasks of an integration are performed here. */
export type Way =
  "AWS" | "endpoint" | "local functions" | "folder" | "stand-in" | "this server" | "none";

/** How an integration stands here. */
export interface IntegrationReport {
  readonly name: string;
  /** `sqs:sendMessage`; for what no task calls, what it is for. */
  readonly resources: string;
  readonly usable: boolean;
  readonly way: Way;
  readonly because: string;
  /** What to do so that it can be used, or used otherwise. */
  readonly todo?: string;
}

/** What is looked at: settings as a server would have them. */
export interface DoctorSettings extends IntegrationSettings {
  readonly region: string;
  readonly buckets?: { readonly [name: string]: string };
  /** The clients that are installed, by their services. */
  readonly installed: readonly string[];
}

/** Every integration, and what Map Runs, logs and roles need, by name. */
export async function integrationReports(
  settings: DoctorSettings,
): Promise<readonly IntegrationReport[]> {
  const whoAnswers = createWhoAnswers(settings);
  const reports: IntegrationReport[] = [...ownReports(settings)];
  for (const called of calledServices()) {
    const report = reportOf(called, settings, await whoAnswers(called.client));
    const missing: string[] = [];
    for (const other of report.way === "stand-in" ? [] : (called.others ?? [])) {
      if ((await whoAnswers(other)).to === "notInstalled") missing.push(other);
    }
    reports.push(
      missing.length === 0
        ? report
        : {
            ...report,
            todo: [report.todo, `for some actions: stepwell add ${missing.join(" ")}`]
              .filter((text) => text !== undefined)
              .join("; "),
          },
    );
  }
  reports.push(rolesReport(settings, await whoAnswers("sts")));
  return reports.sort((a, b) => a.name.localeCompare(b.name));
}

function reportOf(
  called: CalledService,
  settings: DoctorSettings,
  answering: Answering,
): IntegrationReport {
  const { name, integration } = called;
  const base = {
    name,
    resources: integration === undefined ? purposes[called.usedFor] : actionsText(integration),
  };
  const stood = stoodIn(integration, settings);
  if (stood.all) {
    return { ...base, usable: true, way: "stand-in", because: stood.texts.join("; ") };
  }
  const aside = stood.texts.length === 0 ? "" : `; beside that ${stood.texts.join("; ")}`;
  if (called.otherwise === "local functions" && hasFunctions(settings)) {
    const others =
      answering.to === "AWS" || answering.to === "standIn"
        ? `; others: ${answering.because}`
        : "; others are not found";
    const because = `functions here come first${others}${aside}`;
    return { ...base, usable: true, way: "local functions", because };
  }
  if (answering.to === "AWS") {
    return { ...base, usable: true, way: "AWS", because: answering.because + aside };
  }
  if (answering.to === "standIn") {
    return { ...base, usable: true, way: "endpoint", because: answering.because + aside };
  }
  if (called.otherwise === "local folder") {
    const because = `buckets are folders: ${answering.because}`;
    return { ...base, usable: true, way: "folder", because };
  }
  if (called.usedFor === "logs") {
    const because = `records go to the log file alone: ${answering.because}`;
    return { ...base, usable: true, way: "this server", because, todo: credentialsOr(answering) };
  }
  const isMissing = answering.to === "notInstalled";
  return {
    ...base,
    usable: stood.texts.length > 0,
    way: stood.texts.length > 0 ? "stand-in" : "none",
    because: `${isMissing ? `${answering.because} is not installed` : answering.because}${aside}`,
    todo: isMissing
      ? installCommand(answering.because)
      : called.otherwise === "local functions"
        ? `start with --functions FOLDER, or ${credentialsOr(answering)}`
        : `${credentialsOr(answering)}, or name a stand-in: standIns: { "${integration}:*": … }`,
  };
}

interface StoodIn {
  readonly all: boolean;
  readonly texts: readonly string[];
}

/** What the configuration has instead of the service's actions. */
function stoodIn(service: string | undefined, { standIns = {} }: DoctorSettings): StoodIn {
  if (service === undefined) return { all: false, texts: [] };
  const find = standInFinder(standIns);
  const found = resourcesOf(service).map((resource) => ({ resource, standIn: find(resource) }));
  const texts = new Set(
    found.flatMap(({ resource, standIn }) =>
      standIn === undefined
        ? []
        : [`${resource.resourceType}:${resource.action} is ${standInText(standIn)}`],
    ),
  );
  return { all: found.every(({ standIn }) => standIn !== undefined), texts: [...texts] };
}

const purposes = { task: "", "map data": "data sets of distributed Maps", logs: "logs" } as const;

function credentialsOr({ serviceId }: Answering): string {
  const variable = serviceId === undefined ? "AWS_ENDPOINT_URL" : endpointVariable(serviceId);
  return `configure credentials for AWS, or an endpoint: ${variable}=http://…`;
}

/** Whether there may be functions here. */
export function hasFunctions({ functionsFolder, functions = {} }: DoctorSettings): boolean {
  return functionsFolder !== undefined || Object.keys(functions).length > 0;
}

function resourcesOf(service: string): readonly Extract<TaskResource, { kind: "service" }>[] {
  return Object.entries(optimizedIntegrations[service] ?? {}).flatMap(([action, { patterns }]) =>
    patterns.flatMap((pattern) => {
      const suffix = pattern === "requestResponse" ? "" : `.${pattern}`;
      const { resource } = parseResource(`arn:aws:states:::${service}:${action}${suffix}`);
      return resource?.kind === "service" ? [resource] : [];
    }),
  );
}
