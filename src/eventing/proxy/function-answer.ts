import {
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";

/** What a function answers for a client. */
export interface FunctionAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** *Documented*: format 1.0: an object with a `statusCode`, and a body that is a text. `undefined`: it is malformed. */
export function functionAnswer1(value: JsonValue): FunctionAnswer | undefined {
  if (!isJsonObject(value)) return undefined;
  const status = statusOf(ownMember(value, "statusCode"));
  const body = ownMember(value, "body") ?? "";
  if (status === undefined || typeof body !== "string") return undefined;
  return {
    status,
    headers: {
      ...singleValues(ownMember(value, "headers")),
      ...multiValues(ownMember(value, "multiValueHeaders")),
    },
    body,
    isBase64Encoded: ownMember(value, "isBase64Encoded") === true,
  };
}

/** *Documented*: format 2.0: without a `statusCode` the value itself is the body, with a status of 200. */
export function functionAnswer2(value: JsonValue): FunctionAnswer | undefined {
  const isWhole = isJsonObject(value) && Object.hasOwn(value, "statusCode");
  if (!isWhole) {
    return {
      status: 200,
      headers: { "content-type": ["application/json"] },
      body: typeof value === "string" ? value : JSON.stringify(value),
      isBase64Encoded: false,
    };
  }
  const { body = "" } = value;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = functionAnswer1({ ...value, body: text });
  if (answer === undefined) return undefined;
  const cookies = cookiesOf(value);
  const headers = {
    "content-type": ["application/json"],
    ...answer.headers,
    ...(cookies.length > 0 && { "set-cookie": cookies }),
  };
  return { ...answer, headers };
}

function cookiesOf(value: JsonObject): readonly string[] {
  const cookies = ownMember(value, "cookies");
  return cookies !== undefined && isJsonArray(cookies) ? cookies.filter(isText) : [];
}

function isText(value: JsonValue): value is string {
  return typeof value === "string";
}

/** A status as a number or as a text. */
function statusOf(value: JsonValue | undefined): number | undefined {
  const status = value !== undefined && (isText(value) || isJsonNumber(value)) ? Number(value) : 0;
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

function singleValues(value: JsonValue | undefined): FunctionAnswer["headers"] {
  if (!isJsonObject(value)) return {};
  return headersOf(Object.entries(value).map(([name, each]) => [name, [each]]));
}

function multiValues(value: JsonValue | undefined): FunctionAnswer["headers"] {
  if (!isJsonObject(value)) return {};
  return headersOf(
    Object.entries(value).map(([name, each]) => [name, isJsonArray(each) ? each : [each]]),
  );
}

/** A name that is none is passed over; what cannot stand in a header is a blank. */
function headersOf(
  entries: readonly (readonly [string, readonly JsonValue[]])[],
): FunctionAnswer["headers"] {
  return Object.fromEntries(
    entries.flatMap(([name, values]) => {
      if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return [];
      const texts = values
        .filter((each) => each !== null && !isJsonObject(each) && !isJsonArray(each))
        .map((each) => headerText(isText(each) ? each : JSON.stringify(each)));
      return [[name.toLowerCase(), texts]];
    }),
  );
}

/** A line break would begin another header, and Node refuses what is no Latin-1. */
export function headerText(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7E\x80-\xFF]+/g, " ");
}
