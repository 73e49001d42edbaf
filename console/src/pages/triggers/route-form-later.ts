import { later } from "../../parts/later.tsx";

/** The form is loaded when it is first opened: what shows a preview reads as the server does, which is more than all tabs together. */
export const RouteForm = later(async () => (await import("./route-form.tsx")).RouteForm);
