import type { Caller } from "./caller.ts";

/** The APIs that this server's web routes serve, for tasks that call them by the names that they would have at AWS. */
export interface OwnWebApis {
  /** Whether there is an API of this id, or a configured one of this name. */
  has(api: string): Promise<boolean>;
  ask(request: OwnApiRequest): Promise<OwnApiAnswer>;
}

export interface OwnApiRequest {
  readonly api: string;
  readonly method: string;
  readonly url: URL;
  /** One that is there twice is sent twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  /** Who would sign the request; absent: nobody. */
  readonly caller: Caller | undefined;
  readonly signal: AbortSignal;
}

export interface OwnApiAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly body: string | Uint8Array;
}
