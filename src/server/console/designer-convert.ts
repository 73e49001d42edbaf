import type { ConvertDesk } from "../../console/designer/convert/convert-desk.ts";
import type { ApiRequest } from "./console-api.ts";

/** `POST designer/convert`: JSONata in place of JSONPath. */
export function convertRoutes(desk: ConvertDesk) {
  return {
    "POST designer/convert": ({ body, context }: ApiRequest) => desk.convert(body, context),
  };
}
