import type { AuditEntry } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";

/** Who it was: the name that was given, or the way that it came. */
export function Who({ entry: { name, by } }: { readonly entry: AuditEntry }) {
  const { approvals: text } = useText();
  return <>{name ?? (by === "link" ? text.byLink : text.nobody)}</>;
}
