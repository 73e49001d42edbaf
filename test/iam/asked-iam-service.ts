import { createIam } from "../../src/iam/create-iam.ts";
import { createIamService, type IamService } from "../../src/iam/operations/iam-service.ts";
import { createKeyUses } from "../../src/iam/directory/key-uses.ts";
import { createSealer } from "../../src/iam/directory/sealer.ts";
import { createSessionTokens } from "../../src/iam/directory/session-tokens.ts";
import { createPasswords } from "../../src/iam/people/passwords.ts";
import type { Authorizer } from "../../src/ports/authorizer.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** IAM's and STS's API over a store, which ask whom a test wants. */
export async function askedIamService(
  authorizer: Authorizer,
  {
    store,
    ...place
  }: { readonly store: Store; readonly region: string; readonly accountId: string },
): Promise<IamService> {
  const parts = { store, clock: systemClock, logger };
  const { directory } = await createIam({ mode: "required", ...parts, ...place });
  const sealer = createSealer(await store.secret());
  const context = {
    directory,
    sealer,
    tokens: createSessionTokens(sealer),
    uses: createKeyUses(store, parts),
    passwords: createPasswords(4),
    clock: systemClock,
  };
  return createIamService(context, authorizer);
}
