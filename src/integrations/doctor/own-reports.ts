import { optimizedIntegrations } from "../../asl/resources/optimized-integrations.ts";
import type { DoctorSettings, IntegrationReport } from "./integration-report.ts";

/** What needs no service of AWS. */
export function ownReports(settings: DoctorSettings): readonly IntegrationReport[] {
  const {
    commands = {},
    mail,
    databases = {},
    connections = {},
    kubernetes,
    apigateway = {},
    installed,
  } = settings;
  const names = (of: object): string => Object.keys(of).join(", ");
  const here = { usable: true, way: "this server" } as const;
  const hasCommands = Object.keys(commands).length > 0;
  return [
    {
      ...here,
      name: "Activities",
      resources: "arn:aws:states:…:activity:…",
      because: "workers ask this server for tasks",
    },
    {
      ...here,
      name: "Step Functions",
      resources: `${actionsText("states")}; aws-sdk:sfn:*`,
      because: "this engine's own API",
    },
    {
      ...here,
      name: "HTTP",
      resources: "http:invoke",
      because:
        Object.keys(connections).length > 0
          ? `connections of the configuration: ${names(connections)}; others are asked for from EventBridge`
          : "connections are asked for from EventBridge",
      ...(Object.keys(connections).length > 0
        ? {}
        : { todo: "without EventBridge: configure connections" }),
    },
    {
      ...here,
      name: "API Gateway",
      resources: "apigateway:invoke",
      because:
        Object.keys(apigateway.endpoints ?? {}).length > 0
          ? `APIs of the configuration: ${names(apigateway.endpoints ?? {})}; others at AWS`
          : "APIs at AWS, over HTTPS",
    },
    {
      ...here,
      name: "Kubernetes",
      resources: "eks:call, runJob",
      because:
        kubernetes === undefined
          ? "clusters at the endpoint and with the certificate that the definition gives"
          : `clusters of ${kubernetes.kubeconfig}, others at the endpoint that the definition gives`,
    },
    {
      name: "Commands",
      resources: "arn:stepwell:states:::run",
      usable: hasCommands,
      way: hasCommands ? "this server" : "none",
      because: hasCommands ? names(commands) : "no command is configured",
      ...(hasCommands
        ? {}
        : { todo: 'configure commands: { backup: { command: ["./backup.sh"] } }' }),
    },
    {
      name: "Mail",
      resources: "arn:stepwell:states:::mail",
      usable: mail !== undefined,
      way: mail === undefined ? "none" : "this server",
      because: mail === undefined ? "no SMTP server is configured" : "the configured SMTP server",
      ...(mail === undefined ? { todo: 'configure mail: { smtp: "smtps://…" }' } : {}),
    },
    {
      name: "SQL",
      resources: "arn:stepwell:states:::sql",
      usable: names(databases) !== "",
      way: names(databases) === "" ? "none" : "this server",
      because: names(databases) || "no database is configured",
      ...(names(databases) === ""
        ? { todo: 'configure databases: { orders: "sqlite:orders.db" }' }
        : {}),
    },
    {
      ...here,
      name: "Webhooks",
      resources: "arn:stepwell:states:::webhook",
      because: "a URL of this server ends the task",
    },
    {
      ...here,
      name: "AWS SDK",
      resources: "aws-sdk:*",
      way: "AWS",
      because: `clients are installed for ${installed.join(", ")}`,
      todo: "another service: stepwell add SERVICE",
    },
  ];
}

/** `sqs:sendMessage` */
export function actionsText(service: string): string {
  return `${service}:${Object.keys(optimizedIntegrations[service] ?? {}).join(", ")}`;
}
