import { usedCode } from "../../integrations/functions/deployed/used-code.ts";
import type { LambdaContext } from "./lambda-context.ts";

/** Removes code that nobody has any more, from the store at once. */
export async function removeUnused(
  { options }: LambdaContext,
  checksums: Iterable<string>,
): Promise<void> {
  const { code } = options.deployed;
  for (const codeSha256 of new Set(checksums)) {
    const isUsed = async (): Promise<boolean> => (await usedCode(options.store)).has(codeSha256);
    await code.removeUnless(codeSha256, isUsed);
  }
  options.deployed.sweepLater();
}
