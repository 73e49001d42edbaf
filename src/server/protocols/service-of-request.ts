import type { IncomingMessage } from "node:http";
import type { ServiceApi } from "../../ports/service-api.ts";
import { isQueryRequest } from "../query-protocol/query-protocol.ts";
import { jsonProtocol } from "./json-protocol.ts";
import type { Protocol, ServiceRequest } from "./protocol.ts";
import { queryProtocol } from "./query-protocol.ts";
import { restJsonProtocol } from "./rest-json-protocol.ts";
import { restXmlProtocol } from "./rest-xml-protocol.ts";
import { rpcCborProtocol, rpcPath } from "./rpc-cbor-protocol.ts";

/** The service that a request is for, and how it speaks. */
export interface Destination {
  readonly api: ServiceApi;
  readonly protocol: Protocol;
  readonly request: ServiceRequest;
}

/** Tells the services of the one endpoint apart. */
export interface Destinations {
  /** `undefined`: it is for none of them, or only its body could say. */
  of(request: IncomingMessage): Destination | undefined;
  /** That of a form without a signature, by the version that it names. */
  ofForm(request: IncomingMessage, body: string): Destination | undefined;
}

/** `Credential=KEY/20261127/eu-west-1/s3/aws4_request`, in a header or a presigned URL. */
const credentialScope =
  /[?&, ](?:X-Amz-)?Credential=[^/\s,&]+?(?:\/|%2F)\d{8}(?:\/|%2F)[a-z0-9-]+(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)aws4_request/i;

export function serviceDestinations(apis: readonly ServiceApi[]): Destinations {
  const bySigningName = new Map(apis.map((api) => [api.signingName, api]));
  const protocols = new WeakMap<ServiceApi, Map<ProtocolKind, Protocol>>();

  function protocolOf(
    api: ServiceApi,
    incoming: IncomingMessage,
    request: ServiceRequest,
  ): Protocol {
    const known = protocols.get(api) ?? new Map<ProtocolKind, Protocol>();
    protocols.set(api, known);
    const kind = protocolKind(api, incoming, request);
    const made = known.get(kind) ?? newProtocol(api, kind);
    known.set(kind, made);
    return made;
  }

  /** The service of a signature's scope. What nobody here answers has no operations, and is told so in its own protocol. */
  function signedApi(signedFor: string): ServiceApi | undefined {
    const known = bySigningName.get(signedFor);
    if (known !== undefined || answeredElsewhere.has(signedFor)) return known;
    return { signingName: signedFor, protocol: { type: "rest-json" }, operations: {} };
  }

  function destination(
    api: ServiceApi | undefined,
    incoming: IncomingMessage,
  ): Destination | undefined {
    if (api === undefined) return undefined;
    const request = serviceRequest(incoming, api.signingName);
    return { api, request, protocol: protocolOf(api, incoming, request) };
  }

  return {
    of(incoming) {
      const { headers, url = "" } = incoming;
      const [, signedFor] =
        credentialScope.exec(headers.authorization ?? "") ?? credentialScope.exec(url) ?? [];
      if (signedFor !== undefined) return destination(signedApi(signedFor), incoming);
      const target = headers["x-amz-target"];
      if (typeof target === "string") {
        const api = apis.find(
          ({ protocol }) =>
            protocol.type === "json" && target.startsWith(`${protocol.targetPrefix}.`),
        );
        return destination(api, incoming);
      }
      return s3Host.test(hostOf(incoming))
        ? destination(bySigningName.get("s3"), incoming)
        : undefined;
    },

    ofForm(incoming, body) {
      const [, version] = /(?:^|&)Version=([\d-]+)/.exec(body) ?? [];
      const api = apis.find(
        ({ protocol }) => protocol.type === "query" && protocol.version === version,
      );
      return destination(api, incoming);
    },
  };
}

/** What other parts of this server answer: Step Functions, IAM and STS, and web routes. */
const answeredElsewhere = new Set(["states", "iam", "sts", "execute-api"]);

type ProtocolKind = "json 1.0" | "json 1.1" | "query" | "rest-json" | "rest-xml" | "cbor";

/** An API is spoken to in more than one protocol: clients of one age choose another than those of the next. */
function protocolKind(
  { protocol }: ServiceApi,
  incoming: IncomingMessage,
  { path, headers }: ServiceRequest,
): ProtocolKind {
  if (headers["smithy-protocol"] === "rpc-v2-cbor" && rpcPath.test(path)) return "cbor";
  if (protocol.type === "rest-xml") return "rest-xml";
  if (headers["x-amz-target"] !== undefined) {
    return String(headers["content-type"]).includes("json-1.1") ? "json 1.1" : "json 1.0";
  }
  if (protocol.type === "query" || isQueryRequest(incoming)) return "query";
  return protocol.type === "json" ? `json ${protocol.version}` : "rest-json";
}

function newProtocol(api: ServiceApi, kind: ProtocolKind): Protocol {
  const { protocol, signingName } = api;
  const { namespace = `http://${signingName}.amazonaws.com/doc/` } =
    "namespace" in protocol ? protocol : {};
  switch (kind) {
    case "json 1.0":
      return jsonProtocol(api, "1.0");
    case "json 1.1":
      return jsonProtocol(api, "1.1");
    case "query":
      return queryProtocol(namespace);
    case "rest-json":
      return restJsonProtocol(api);
    case "rest-xml":
      return restXmlProtocol(api, namespace);
    case "cbor":
      return rpcCborProtocol;
  }
}

/** `s3.localhost`, `bucket.s3.localhost`, `bucket.s3.eu-west-1.localhost`. */
const s3Host = /^(?:(?<bucket>.+)\.)?s3(?:\.[a-z0-9-]+)?\.[^.]+/;

function hostOf({ headers }: IncomingMessage): string {
  return (headers.host ?? "").replace(/:\d*$/, "");
}

/** The bucket that a host names. *Our choice*: also `bucket.localhost`, as SDKs ask where the endpoint is `localhost`. */
function bucketOf(host: string): string | undefined {
  const found = s3Host.exec(host);
  return found === null ? /^(.+)\.localhost$/.exec(host)?.[1] : found.groups?.["bucket"];
}

function serviceRequest(incoming: IncomingMessage, signingName: string): ServiceRequest {
  const { method = "", url = "", headers } = incoming;
  const question = url.indexOf("?");
  const path = question < 0 ? url : url.slice(0, question);
  const bucket = signingName === "s3" ? bucketOf(hostOf(incoming)) : undefined;
  return {
    method,
    path: bucket === undefined ? path : `/${bucket}${path}`,
    query: new URLSearchParams(question < 0 ? "" : url.slice(question + 1)),
    headers,
  };
}
