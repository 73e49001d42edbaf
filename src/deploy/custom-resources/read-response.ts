import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { mostResponseBytes } from "./responses.ts";

/** What a custom resource answers. *Documented*: "Custom resource response objects". */
export interface CustomResourceResponse {
  readonly isSuccess: boolean;
  readonly reason: string;
  /** Empty: it did not say. */
  readonly physicalId: string;
  readonly data: JsonObject;
  readonly noEcho: boolean;
}

/** Who was asked for what: an answer has to be for that. */
export interface AskedResource {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** *Documented*: of a physical id. */
const mostIdBytes = 1_024;

/** Reads an answer. Throws, in CloudFormation's words where they are known, for one that says nothing. */
export function readResponse(text: string, asked: AskedResource): CustomResourceResponse {
  if (Buffer.byteLength(text) > mostResponseBytes) throw new Error("Response object is too long.");
  const response = parsed(text);
  for (const name of ["StackId", "RequestId", "LogicalResourceId"] as const) {
    if (ownMember(response, name) !== asked[name]) {
      throw new Error(`Invalid response: its ${name} is not that of the request`);
    }
  }
  const { Status, Reason, PhysicalResourceId, Data, NoEcho } = response;
  if (Status !== "SUCCESS" && Status !== "FAILED") {
    throw new Error("Invalid response: Status is SUCCESS or FAILED");
  }
  const isSuccess = Status === "SUCCESS";
  const physicalId = typeof PhysicalResourceId === "string" ? PhysicalResourceId : "";
  if (isSuccess && (physicalId === "" || Buffer.byteLength(physicalId) > mostIdBytes)) {
    throw new Error("Invalid PhysicalResourceId");
  }
  if (!isSuccess && typeof Reason !== "string") {
    throw new Error("Vendor response doesn't contain Reason key");
  }
  return {
    isSuccess,
    reason: typeof Reason === "string" ? Reason : "",
    physicalId,
    data: dataIn(Data),
    noEcho: NoEcho === true || NoEcho === "true",
  };
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isJsonObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error("Invalid response: it is no JSON object");
}

function dataIn(value: JsonValue | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (isJsonObject(value)) return value;
  throw new Error("Invalid response: Data is no JSON object");
}
