import { useConversion } from "../conversion/conversion-context.ts";
import { useDesigner } from "../use-designer.ts";
import type { QuickFix } from "./problem.ts";

/** Performs a quick fix: an edit at once, a conversion after it was looked at. */
export function useFix(): (fix: QuickFix) => void {
  const { store } = useDesigner();
  const { convert } = useConversion();
  return (fix) => {
    if (fix.code === "convertToJsonata") convert(fix.key);
    else if (fix.code === "copyStatement") void navigator.clipboard.writeText(fix.statement);
    else store.edit(fix.code, fix.apply);
  };
}
