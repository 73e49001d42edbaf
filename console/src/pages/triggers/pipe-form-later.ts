import { later } from "../../parts/later.tsx";

/** The form is loaded when it is first opened: what shows a preview reads as the server does, which is more than all tabs together. */
export const PipeForm = later(async () => (await import("./pipe-form.tsx")).PipeForm);
