import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { uuidFrom } from "../uuid-from.ts";

/** What of a distributed Map its label is made of. */
interface Labelled {
  readonly Name: string;
  readonly distributed?: { readonly Label?: string } | undefined;
}

/**
 * The label of a distributed Map in the ARNs of its runs and children: its own, or one in the form of a UUID that follows
 * from where it is, so that it is the same whenever the machine runs. Observed: the form.
 */
export function mapLabel(stateMachineArn: string, state: Labelled): string {
  const own = state.distributed?.Label;
  if (own !== undefined) return own;
  const [machine] = stateMachineArn.split("/");
  return uuidFrom(bytesToHex(sha256(utf8ToBytes(`${machine} ${state.Name}`))));
}
