import { useText } from "../../i18n/language.tsx";
import { statusOfGroup } from "./error-filter.ts";

/** An error by its name; where there was none, what became of the execution. */
export function ErrorName({ error }: { readonly error: string }) {
  const text = useText();
  const status = statusOfGroup({ error });
  return status === undefined ? error : text.status[status];
}
