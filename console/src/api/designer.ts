import type {
  ActionCatalogue,
  EvaluationAnswer,
  EvaluationRequest,
  PickedResource,
  PickList,
  SdkServiceList,
  SdkServiceView,
  TaskAction,
  VariableScopeView,
} from "../../../src/console/view-types.ts";
import { ask, send } from "./client.ts";

const sdkService = (service: string) => `designer/sdk-services/${encodeURIComponent(service)}`;

/** What the designer asks the server. */
export const designer = {
  actions: () => ask<ActionCatalogue>("designer/actions"),
  sdkServices: () => ask<SdkServiceList>("designer/sdk-services"),
  /** `service` as in `aws-sdk:SERVICE:action`. */
  sdkService: (service: string) => ask<SdkServiceView>(sdkService(service)),
  sdkAction: (service: string, action: string) =>
    ask<TaskAction>(`${sdkService(service)}/${encodeURIComponent(action)}`),
  resources: (kind: PickedResource) => ask<PickList>("designer/resources", { kind }),
  evaluate: (request: EvaluationRequest, init?: Pick<RequestInit, "signal">) =>
    send<EvaluationAnswer>("designer/evaluate", request, undefined, init),
  /** The definition's JSON text, and the name of one of its states. */
  scope: (definition: string, state: string) =>
    send<VariableScopeView>("designer/scope", { definition, state }),
};
