import { authorizedObjectStore } from "../integrations/access/authorized-object-store.ts";
import { createAddressGuard, type Resolve } from "../integrations/http/address-guard.ts";
import { createHttpClient } from "../integrations/http/http-client.ts";
import type { HttpConfiguration } from "../integrations/http/http-configuration.ts";
import type { ObjectStores } from "../integrations/object-store/object-store.ts";
import { scopeOfArn } from "../machine/arns.ts";
import { type Authorizer, everybodyMay } from "../ports/authorizer.ts";
import { partitionOf } from "../ports/partition-of.ts";
import type { Store } from "../ports/store.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Service } from "../service/service.ts";
import { createPipes, type PipesOptions } from "../triggers/pipes/create-pipes.ts";
import { mappedQueues } from "../triggers/pipes/mapped-queues.ts";
import { pipeCaller } from "../triggers/pipes/pipe-caller.ts";
import type { Pipes } from "../triggers/pipes/pipes.ts";
import type { PipesConfiguration } from "../triggers/pipes/pipes-configuration.ts";
import { createRoutes } from "../triggers/routes/create-routes.ts";
import type { Routes } from "../triggers/routes/routes.ts";
import type { RoutesConfiguration } from "../triggers/routes/routes-configuration.ts";

export interface RoutesAndPipesOptions extends Pick<
  PipesOptions,
  "clock" | "ids" | "logger" | "isShared" | "startTarget" | "tasks" | "databaseUrl"
> {
  readonly store: Pick<
    Store,
    "partitions" | "document" | "documents" | "putDocument" | "deleteDocument"
  >;
  readonly engine: { readonly ownership: Pick<Engine["ownership"], "epochOf"> };
  readonly service: Pick<Service, "call" | "scope">;
  readonly authorizer: Authorizer;
  readonly objects: Pick<ObjectStores, "from">;
  readonly routes?: RoutesConfiguration | undefined;
  readonly pipes?: PipesConfiguration | undefined;
  readonly publicUrl?: string | undefined;
  /** Which addresses integrations and authorizers may ask. */
  readonly http?: HttpConfiguration | undefined;
  readonly resolve?: Resolve | undefined;
}

/** *Documented*: REST and HTTP APIs, quotas: payload size. */
const mostResponseBytes = 10 * 1024 * 1024;

/** Web routes and pipes, with what they call. */
export function routesAndPipes(options: RoutesAndPipesOptions): {
  readonly routes: Routes;
  readonly pipes: Pipes;
  close(): void;
} {
  const { store, engine, service, authorizer, objects, publicUrl = "" } = options;
  const { clock, resolve } = options;
  const { scope } = service;
  // Whoever makes an API names its addresses.
  const http = createHttpClient({
    clock,
    guard: createAddressGuard(options.http?.allowPrivateAddresses),
    mostBytes: mostResponseBytes,
    ...(resolve && { resolve }),
  });
  return {
    routes: createRoutes({
      ...options,
      http,
      scope,
      publicUrl,
      configured: options.routes,
      stepFunctions: (operation, input, request) => service.call(operation, input, request),
    }),
    pipes: createPipes({
      ...options,
      scope,
      configured: options.pipes,
      mapped: mappedQueues(store),
      isMine: (arn) => engine.ownership.epochOf(partitionOf(arn, store.partitions)) !== undefined,
      stepFunctions: (operation, input, caller) => service.call(operation, input, { caller }),
      objectsOf(pipe) {
        const all = objects.from(scopeOfArn(pipe.Arn).region);
        const caller = pipeCaller(pipe);
        return authorizer === everybodyMay || caller.principal.type === "owner"
          ? all
          : authorizedObjectStore(all, { authorizer, caller });
      },
    }),
    close: () => http.close(),
  };
}
