import { useLanguage } from "../language.tsx";
import { type DesignerCatalogue, designerTexts } from "./catalogues.ts";

export type { DesignerCatalogue } from "./catalogues.ts";

/** The designer's texts in the language of whoever looks. */
export function useDesignerText(): DesignerCatalogue {
  return designerTexts[useLanguage().language];
}
