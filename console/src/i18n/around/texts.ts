import { useLanguage } from "../language.tsx";
import { type AroundCatalogue, aroundTexts } from "./catalogues.ts";

/** What is said of what is around the engine, in the language of whoever looks. */
export function useAroundText(): AroundCatalogue {
  return aroundTexts[useLanguage().language];
}
