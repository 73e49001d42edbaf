import { join } from "node:path";
import type { Settings } from "./settings.ts";

/** Who may call the server, in a line. */
export function accessText(settings: Pick<Settings, "auth" | "tls" | "dataDir">): string {
  const { auth, tls, dataDir } = settings;
  const transport = tls === undefined ? "" : "HTTPS; ";
  if (auth.mode === "open") {
    return `${transport}open: nobody is asked who he is, and signatures are not verified`;
  }
  const roles = auth.workflowRoles === "enforce" ? "" : "; roles of workflows are not enforced";
  return `${transport}every request must be signed; the owner's key is in ${join(dataDir, "owner.json")}${roles}`;
}
