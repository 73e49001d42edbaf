import { authorizedObjectStore } from "../integrations/access/authorized-object-store.ts";
import type { ObjectStores } from "../integrations/object-store/object-store.ts";
import { scopeOfArn } from "../machine/arns.ts";
import { type Authorizer, everybodyMay } from "../ports/authorizer.ts";
import { partitionOf } from "../ports/partition-of.ts";
import type { Store } from "../ports/store.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Service } from "../service/service.ts";
import { createPipes, type PipesOptions } from "../triggers/pipes/create-pipes.ts";
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
}

/** Web routes and pipes, with what they call. */
export function routesAndPipes(options: RoutesAndPipesOptions): {
  readonly routes: Routes;
  readonly pipes: Pipes;
} {
  const { store, engine, service, authorizer, objects, publicUrl = "" } = options;
  const { scope } = service;
  return {
    routes: createRoutes({
      ...options,
      scope,
      publicUrl,
      configured: options.routes,
      stepFunctions: (operation, input, request) => service.call(operation, input, request),
    }),
    pipes: createPipes({
      ...options,
      scope,
      configured: options.pipes,
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
  };
}
