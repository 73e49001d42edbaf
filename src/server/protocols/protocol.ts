import type { IncomingHttpHeaders } from "node:http";
import type { ServiceAnswer, ServiceError, ServiceInput } from "../../ports/service-api.ts";

/** A request as protocols see it. */
export interface ServiceRequest {
  readonly method: string;
  /** As it was sent; of S3 with the bucket first, wherever the request has it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** A request of which all but the body is known. */
export interface BegunRequest {
  /** Absent: the body says it. */
  readonly operation?: string;
  /** Whether nobody holds the body in memory. */
  readonly isStreamed?: boolean;
  /** Throws a `ServiceError` for a body that cannot be read. */
  read(body: Uint8Array): { readonly operation: string; readonly input: ServiceInput };
}

/** One of AWS's protocols: how requests are read and answers written. */
export interface Protocol {
  readonly maxBodyBytes: number;
  /** The name of a refused signature in this protocol, and its status. */
  readonly signatureErrors: "json" | "rest-json" | "query" | "rest-xml";
  /** Throws a `ServiceError` for what is no operation of the service. */
  begin(request: ServiceRequest): BegunRequest;
  answer(answer: ServiceAnswer, about: AnswerFacts): WrittenAnswer;
  error(error: ServiceError, about: AnswerFacts): WrittenAnswer;
}

export interface AnswerFacts {
  /** Empty: nobody knows it. */
  readonly operation: string;
  readonly requestId: string;
}

export interface WrittenAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** The names of errors of XML protocols have no `Exception` at their end. *Documented*: common errors. */
export function xmlCode({ code }: ServiceError): string {
  switch (code) {
    case "UnknownOperationException":
      return "InvalidAction";
    case "AccessDeniedException":
      return "AccessDenied";
    case "ThrottlingException":
      return "Throttling";
    default:
      return code;
  }
}
