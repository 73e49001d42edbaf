import { openText, readSealed, SealViolation } from "../sealed/sealed-text.ts";
import type { CustomerKeyRing } from "./customer-key-ring.ts";
import { customerMark } from "./held-key.ts";

export function isCustomerSealed(text: string): boolean {
  return text.startsWith(customerMark);
}

export interface CustomerTexts {
  /** The text that was sealed for this place; one that is not sealed is as it is. `what` names it for people. */
  open(text: string, place: string, what: string): Promise<string>;
}

export function customerTexts(ring: Pick<CustomerKeyRing, "find">): CustomerTexts {
  return {
    async open(text, place, what) {
      if (!isCustomerSealed(text)) return text;
      const sealed = readSealed(text.slice(customerMark.length), what);
      if (sealed === undefined) throw new SealViolation(`${what} is damaged`);
      const { dataKey } = await ring.find(sealed.keyId, what);
      return openText(sealed, { key: dataKey, place, what });
    },
  };
}
