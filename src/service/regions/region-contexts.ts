import { type ArnScope, regionPrefix } from "../../machine/arns.ts";
import type { ServiceContext } from "../operation.ts";
import { seenFrom } from "./region-view.ts";

/** Regions of which the context is kept. Our choice: more than AWS has; whoever signs may name any. */
const regionsKept = 100;

/** What operations work with in each Region, made when it is first called in. */
export class RegionContexts {
  readonly #context: ServiceContext;
  readonly #known = new Map<string, ServiceContext>();

  /** `context` sees all Regions; its scope is that of calls which name none. */
  constructor(context: ServiceContext) {
    this.#context = context;
  }

  of(scope: ArnScope = this.#context.scope): ServiceContext {
    const prefix = regionPrefix(scope);
    let found = this.#known.get(prefix);
    if (found === undefined) {
      const { engine, store } = this.#context;
      found = {
        ...this.#context,
        ...seenFrom(scope, engine, store),
        scope: { ...scope, accountId: this.#context.scope.accountId },
      };
      if (this.#known.size >= regionsKept) this.#known.clear();
      this.#known.set(prefix, found);
    }
    return found;
  }
}
