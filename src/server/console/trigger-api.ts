import type { ConsoleService } from "../../console/console-service.ts";
import type { Route } from "./console-api.ts";

/** The routes of what starts executions by itself, of functions, and of AWS's other services as they are. */
export function triggerRoutes({
  triggers,
  functions,
  services,
}: ConsoleService): Readonly<Record<string, Route>> {
  return {
    "GET triggers/schedules": ({ context }) => triggers.schedules(context),
    "POST schedules/*/run": ({ context }, arn) => triggers.runNow(arn, context),
    "GET triggers/rules": ({ context }) => triggers.rules(context),
    "GET triggers/pipes": ({ context }) => triggers.pipes(context),
    "GET triggers/routes": ({ context }) => triggers.routes(context),
    "GET triggers/archives": ({ context }) => triggers.archives(context),
    "GET triggers/deliveries": ({ context }) => triggers.deliveries(context),
    "POST deliveries/*": ({ body, context }, id) => triggers.changeDelivery(id, body, context),
    "POST functions/*/invoke": ({ body, context }, arn) => functions.invoke(arn, body, context),
    "GET functions/*/printed": ({ context }, arn) => functions.printed(arn, context),
    "POST services/*": ({ body, context }, named) => services.ofPage(named, body, context),
  };
}
