import { createContext, use } from "react";
import type { NodeKey } from "../../../graph/model.ts";

export interface Conversion {
  /** Shows what a state, or (absent) the whole workflow, is in JSONata, to be applied or not. */
  readonly convert: (state?: NodeKey) => void;
}

export const ConversionContext = createContext<Conversion>({ convert: () => {} });

/** What any part of the page offers "Convert to JSONata" with. */
export function useConversion(): Conversion {
  return use(ConversionContext);
}
