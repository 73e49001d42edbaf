import { useDesignerText } from "../../../i18n/designer/texts.ts";

/** The fields of what is selected. */
export function InspectorPane() {
  const text = useDesignerText();
  return <section aria-label={text.page.inspector} className="h-full min-h-0 overflow-auto" />;
}
