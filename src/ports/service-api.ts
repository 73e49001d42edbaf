import type { JsonObject } from "../expression/json.ts";
import type { Access } from "./authorizer.ts";
import type { Caller } from "./caller.ts";

/** One of AWS's services beside Step Functions and IAM, as far as the tools that deploy, trigger and watch call it. */
export interface ServiceApi {
  /** What its requests are signed for, and what tells the services of the one endpoint apart: `events`. */
  readonly signingName: string;
  readonly protocol: ServiceProtocol;
  /** Every operation that there is, by its name: `PutRule`. */
  readonly operations: { readonly [name: string]: ServiceOperation };
  /** Why there is none, as a sentence, and what to do about it. */
  readonly off?: string;
}

export type ServiceProtocol =
  /** `X-Amz-Target: AWSEvents.PutRule`. */
  | { readonly type: "json"; readonly version: "1.0" | "1.1"; readonly targetPrefix: string }
  /** Forms; `namespace` is that of the answers' XML. */
  | { readonly type: "query"; readonly version: string; readonly namespace: string }
  | { readonly type: "rest-json" }
  | { readonly type: "rest-xml"; readonly namespace: string };

/** Where a REST operation's members are. Members without a place are in the body. */
export interface HttpBinding {
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH" | "HEAD";
  /** `/schedules/{Name}`; `{Key+}` takes slashes. */
  readonly path: string;
  /** Parameters that have to be there for the request to be of this operation: `["uploads"]`. */
  readonly markers?: readonly string[];
  /** Members by their names in the query. */
  readonly query?: { readonly [member: string]: string };
  /** Members by their headers' names. */
  readonly headers?: { readonly [member: string]: string };
  /** Headers that have to be there for the request to be of this operation: `x-amz-copy-source`. */
  readonly headerMarkers?: readonly string[];
  /** Headers of which the prefix says the member and the rest the key of a map: `{ Metadata: "x-amz-meta-" }`. */
  readonly prefixHeaders?: { readonly [member: string]: string };
  /** The member that is the whole body, as bytes. */
  readonly payload?: string;
  /** The body is not held in memory: it comes as {@link ServiceInput.stream}. */
  readonly streams?: true;
  /** The status of an answer that says nothing else; absent: 200. */
  readonly status?: number;
}

export interface ServiceOperation {
  /** Only REST protocols have one. */
  readonly http?: HttpBinding;
  /**
   * Reads the input, and says what it wants and how it is done. Throws a `ServiceError` for what is wrong with the input.
   * Members are AWS's; times of REST and JSON inputs are numbers or texts as the client wrote them.
   */
  prepare(input: ServiceInput, call: ServiceCall): PreparedServiceCall;
}

/** An input: JSON, or the text members of a form as texts; a payload's bytes are in `payload`. */
export interface ServiceInput {
  readonly members: JsonObject;
  readonly payload?: Uint8Array | undefined;
  /** The body of an operation that {@link HttpBinding.streams}, to be read once; it throws where the body is not what was signed. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}

export interface ServiceCall {
  readonly caller: Caller;
  readonly requestId: string;
  /** Ends when the client has gone. */
  readonly signal: AbortSignal;
}

export interface PreparedServiceCall {
  /** What is asked before it is performed; an empty list is for what AWS asks nobody about. */
  readonly access: readonly Access[];
  perform(): Promise<ServiceAnswer>;
}

/**
 * The members of AWS's result. Dates are {@link Date}s, which each protocol writes its own way; bytes are a payload.
 *
 * In XML a list has an element `member` for each; a map is `{ entry: [{ key, value }] }`. REST-XML names the document's root as
 * the one member, and a list there is its own elements.
 */
export interface ServiceAnswer {
  readonly members?: ServiceMembers;
  readonly payload?: Uint8Array | undefined;
  /** A body that is not held in memory; `Content-Length` is among the headers. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
  /** Headers beside the usual: an `ETag`. */
  readonly headers?: { readonly [name: string]: string };
  readonly status?: number;
}

export interface ServiceMembers {
  readonly [member: string]: ServiceValue;
}
export type ServiceValue =
  string | number | boolean | null | Date | undefined | readonly ServiceValue[] | ServiceMembers;

/** What a service's API answers as an error: AWS's name and words. */
export class ServiceError extends Error {
  readonly code: string;
  readonly statusCode: number;
  /** Members of the error beside its message. */
  readonly members: ServiceMembers | undefined;

  constructor(code: string, message: string, statusCode = 400, members?: ServiceMembers) {
    super(message);
    this.name = code;
    this.code = code;
    this.statusCode = statusCode;
    this.members = members;
  }
}

/** Calls operations of the services of this process, as functions: what providers, triggers and the command line do. */
export interface ServiceApis {
  /** Asks whether the caller may, performs the operation, and writes it into the audit log. Rejects with a {@link ServiceError}. */
  call(
    service: string,
    operation: string,
    input: ServiceInput,
    call: ServiceCall,
  ): Promise<ServiceAnswer>;
  /** Whether every operation of the service is refused, because it is off. */
  isOff(service: string): boolean;
}
