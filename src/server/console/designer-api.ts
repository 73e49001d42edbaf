import type { DesignerDesks } from "../../console/designer/designer-desks.ts";
import type { Route } from "./console-api.ts";

/** The routes of the designer, which are all below `designer`. */
export function designerRoutes({
  actions,
  convert,
  expressions,
  permissions,
}: DesignerDesks): Readonly<Record<string, Route>> {
  return {
    "GET designer/actions": ({ context }) => actions.catalogue(context),
    "GET designer/actions/*": ({ context }, id) => actions.action(id, context),
    "GET designer/sdk-services": ({ context }) => actions.sdkServices(context),
    "GET designer/sdk-services/*": ({ context }, service) => actions.sdkService(service, context),
    "GET designer/resources": ({ context }, _, query) =>
      actions.resources({ kind: query.text("kind"), text: query.text("text") ?? "" }, context),
    "POST designer/evaluate": ({ body, context }) => expressions.evaluate(body, context),
    "POST designer/convert": ({ body, context }) => convert.convert(body, context),
    "POST designer/permissions": ({ body, context }) => permissions.missing(body, context),
    "POST designer/scope": ({ body, context }) => expressions.scope(body, context),
  };
}
