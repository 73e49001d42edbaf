import type {
  ArchivesView,
  DeliveryView,
  InvokedView,
  PipeView,
  PrintedView,
  RouteView,
  RulesView,
  ScheduleView,
  TriggerOutcomesView,
  WorkflowTriggersView,
} from "../../../src/console/view-types.ts";
import { ask, send } from "./client.ts";

/** What is asked about triggers and functions. */
export const triggers = {
  schedules: () => ask<readonly ScheduleView[]>("triggers/schedules"),
  rules: () => ask<RulesView>("triggers/rules"),
  pipes: () => ask<readonly PipeView[]>("triggers/pipes"),
  routes: () => ask<readonly RouteView[]>("triggers/routes"),
  archives: () => ask<ArchivesView>("triggers/archives"),
  deliveries: () => ask<readonly DeliveryView[]>("triggers/deliveries"),
  changeDelivery: (id: string, action: "retry" | "discard") =>
    send<object>(`deliveries/${encodeURIComponent(id)}`, { action }),
  /** Does a tick of a schedule, or of a rule with an expression, now. */
  runNow: (arn: string) =>
    send<Pick<TriggerOutcomesView, "newest">>(`schedules/${encodeURIComponent(arn)}/run`, {}),
  ofWorkflow: (arn: string) =>
    ask<WorkflowTriggersView>(`workflows/${encodeURIComponent(arn)}/triggers`),
  invoke: (functionArn: string, payload: string) =>
    send<InvokedView>(`functions/${encodeURIComponent(functionArn)}/invoke`, { payload }),
  printed: (functionArn: string) =>
    ask<PrintedView>(`functions/${encodeURIComponent(functionArn)}/printed`),
};

type CalledService = "apigateway" | "events" | "lambda" | "pipes" | "scheduler";

/** An operation of one of AWS's other services, in the Region of `region` (absent: the server's own). */
export function callService<T = Record<string, unknown>>(
  service: CalledService,
  operation: string,
  members: object,
  region?: string,
): Promise<T> {
  return send<T>(`services/${encodeURIComponent(`${service}:${operation}`)}`, members, { region });
}
