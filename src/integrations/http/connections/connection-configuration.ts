/**
 * A connection as the configuration has it, under its name. Texts may hold `${NAME}` of an environment variable, or be the ARN
 * of a secret of Secrets Manager, with `#member` for one that is a JSON object.
 */
export type ConnectionConfiguration = ConnectionAdditions &
  (
    | { readonly authorization: "none" }
    | { readonly authorization: "basic"; readonly username: string; readonly password: string }
    | { readonly authorization: "apiKey"; readonly name: string; readonly value: string }
    | ({ readonly authorization: "oauthClientCredentials" } & OAuthConfiguration)
  );

/** What is sent beside the authorization; a value of these is a secret if it comes from a variable or a secret. */
export interface ConnectionAdditions {
  readonly headers?: Texts;
  readonly query?: Texts;
  readonly body?: Texts;
}

export interface OAuthConfiguration {
  readonly tokenUrl: string;
  readonly method?: "GET" | "POST" | "PUT";
  readonly clientId: string;
  readonly clientSecret: string;
  /** How the client says who it is: basic authorization, which is usual, or members of the body. */
  readonly clientIn?: "header" | "body";
  readonly scope?: string;
  /** What the request for a token has beside. */
  readonly tokenHeaders?: Texts;
  readonly tokenQuery?: Texts;
  readonly tokenBody?: Texts;
}

export interface Texts {
  readonly [name: string]: string;
}

/** The members of each kind of connection; those with `true` it cannot do without. */
export const connectionMembers = {
  none: {},
  basic: { username: true, password: true },
  apiKey: { name: true, value: true },
  oauthClientCredentials: {
    tokenUrl: true,
    method: false,
    clientId: true,
    clientSecret: true,
    clientIn: false,
    scope: false,
    tokenHeaders: false,
    tokenQuery: false,
    tokenBody: false,
  },
} as const;
