import type {
  ActionCatalogue,
  ActionView,
  EvaluationAnswer,
  EvaluationRequest,
  PickedResource,
  PickList,
  SdkServiceList,
  SdkServiceView,
  VariableScopeView,
} from "../../../src/console/view-types.ts";
import { ask, send } from "./client.ts";

/** What the designer asks the server. */
export const designer = {
  actions: () => ask<ActionCatalogue>("designer/actions"),
  /** With the members of members; `id` as in the catalogue, or `aws-sdk:SERVICE:action`. */
  action: (id: string) => ask<ActionView>(`designer/actions/${encodeURIComponent(id)}`),
  sdkServices: () => ask<SdkServiceList>("designer/sdk-services"),
  /** `service` as in `aws-sdk:SERVICE:action`. */
  sdkService: (service: string) =>
    ask<SdkServiceView>(`designer/sdk-services/${encodeURIComponent(service)}`),
  /** Those of the Region whose names have `text` in them; absent: the server's own Region, and all of them. */
  resources: (
    kind: PickedResource,
    query: { readonly text?: string; readonly region?: string } = {},
  ) => ask<PickList>("designer/resources", { kind, ...query }),
  evaluate: (request: EvaluationRequest, init?: Pick<RequestInit, "signal">) =>
    send<EvaluationAnswer>("designer/evaluate", request, undefined, init),
  /** The definition's JSON text, and the name of one of its states. */
  scope: (definition: string, state: string) =>
    send<VariableScopeView>("designer/scope", { definition, state }),
};
