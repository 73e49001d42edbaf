import type { ServiceOperation } from "../../../../ports/service-api.ts";
import { testedMethod } from "../test-method.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { badRequest, type RestContext, resourceOf } from "./rest-context.ts";
import { httpMethod, resourceId, restApiId, textMap, texts } from "./shared-members.ts";

/** TestInvokeMethod: a method as it is now, before it is deployed. */
export function testOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, served, clock } = context;
  return {
    TestInvokeMethod: gatewayOperation({
      http: {
        method: "POST",
        path: "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}",
      },
      input: {
        restApiId,
        resourceId,
        httpMethod,
        pathWithQueryString: { type: "string" },
        body: { type: "string" },
        headers: textMap,
        multiValueHeaders: { type: "map", of: texts },
        stageVariables: textMap,
        clientCertificateId: { type: "string" },
      },
      async perform(input, _, { requestId, signal }) {
        const { headers = {}, multiValueHeaders = {}, clientCertificateId } = input;
        if (clientCertificateId !== undefined) {
          badRequest("Stepwell has no client certificates: leave clientCertificateId out");
        }
        const record = await desk.api(input.restApiId);
        const { path } = resourceOf(record, input.resourceId);
        const begunAt = clock.now();
        const {
          status,
          headers: told,
          body,
        } = await testedMethod(served, record, {
          resourceId: input.resourceId,
          httpMethod: input.httpMethod,
          pathWithQueryString: input.pathWithQueryString ?? "",
          headers: headersOf(headers, multiValueHeaders),
          body: input.body ?? "",
          stageVariables: input.stageVariables ?? {},
          requestId,
          signal,
        });
        return {
          status,
          body: Buffer.from(body).toString(),
          headers: Object.fromEntries(
            Object.entries(told).map(([name, values]) => [name, values.at(-1)]),
          ),
          multiValueHeaders: { ...told },
          log: [
            `Execution log for request ${requestId}`,
            `HTTP Method: ${input.httpMethod}, Resource Path: ${path}`,
            `Method completed with status: ${status}`,
            "",
          ].join("\n"),
          latency: clock.now() - begunAt,
        };
      },
    }),
  };
}

/** By names in lower case. *Documented*: of a name that is in both, both are sent. */
function headersOf(
  headers: { readonly [name: string]: string },
  multiValueHeaders: { readonly [name: string]: readonly string[] },
): { readonly [name: string]: readonly string[] } {
  const found = new Map<string, Set<string>>();
  const all = [
    ...Object.entries(headers).map(([name, value]) => [name, [value]] as const),
    ...Object.entries(multiValueHeaders),
  ];
  for (const [name, values] of all) {
    const known = found.get(name.toLowerCase()) ?? new Set();
    found.set(name.toLowerCase(), known);
    for (const value of values) known.add(value);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]));
}
