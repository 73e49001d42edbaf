import type { MappedRequest } from "./mapped-request.ts";
import { type MappedValue, parseMappedValue, readSource } from "./mapped-value.ts";

/** The parameters of a first-class integration: `{ "StateMachineArn": "arn:…", "Input": "$request.body" }`, compiled. */
export type RequestParameters = ReadonlyMap<string, MappedValue>;

/** A request does not have what a parameter is taken of: the client's mistake, a `400`. */
export class UnresolvedParameter extends Error {
  override readonly name = "UnresolvedParameter";

  /** *Observed* by others: API Gateway's words. */
  constructor(parameter: string, source: string) {
    super(
      `Unable to resolve property ${parameter} from source ${source}. Please make sure that the request to API Gateway contains all the necessary fields specified in request parameters.`,
    );
  }
}

/** Reads the parameters. Throws an `InvalidMapping`. */
export function parseRequestParameters(given: {
  readonly [parameter: string]: string;
}): RequestParameters {
  return new Map(
    Object.entries(given).map(([name, value]) => [name, parseMappedValue(value, "request")]),
  );
}

/** The parameters of one call. Throws an {@link UnresolvedParameter}. */
export function requestParametersOf(
  parameters: RequestParameters,
  request: MappedRequest,
): ReadonlyMap<string, string> {
  const source = readSource(request);
  const values = new Map<string, string>();
  for (const [name, mapped] of parameters) {
    const value = mapped.valueOf(source);
    if (value === undefined) throw new UnresolvedParameter(name, mapped.text);
    values.set(name, value);
  }
  return values;
}
