/** What a connection adds to a request. */
export interface ConnectionParameter {
  readonly name: string;
  readonly value: string;
}

/** A connection with its secrets, ready to be used. */
export interface ResolvedConnection {
  readonly name: string;
  readonly headers: readonly ConnectionParameter[];
  readonly query: readonly ConnectionParameter[];
  readonly body: readonly ConnectionParameter[];
  /** Texts that must be seen nowhere. */
  readonly secrets: readonly string[];
  /** Where the token comes from that is sent as `Authorization: Bearer …`. */
  readonly tokens?: TokenEndpoint;
}

/** Where tokens are got by OAuth's client credentials. */
export interface TokenEndpoint {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientIn: "header" | "body";
  readonly headers: readonly ConnectionParameter[];
  readonly query: readonly ConnectionParameter[];
  readonly body: readonly ConnectionParameter[];
}

/** The connection, or why it cannot be used. */
export type FoundConnection =
  | { readonly type: "found"; readonly connection: ResolvedConnection }
  | { readonly type: "failed"; readonly error: ConnectionError; readonly cause: string };

/** *Documented*: call HTTPS APIs, connection errors. */
export type ConnectionError = `Events.ConnectionResource.${
  "InvalidConnectionState" | "AccessDenied" | "ResourceNotFound" | "InternalError"}`;

export function connectionFailure(
  error: "InvalidConnectionState" | "AccessDenied" | "ResourceNotFound" | "InternalError",
  cause: string,
): Extract<FoundConnection, { type: "failed" }> {
  return { type: "failed", error: `Events.ConnectionResource.${error}`, cause };
}

/** The header of basic authorization, and what of it must be seen nowhere. */
export function basicAuthorization(
  user: string,
  password: string,
): { readonly value: string; readonly secrets: readonly string[] } {
  const encoded = Buffer.from(`${user}:${password}`).toString("base64");
  return { value: `Basic ${encoded}`, secrets: [encoded, password] };
}
