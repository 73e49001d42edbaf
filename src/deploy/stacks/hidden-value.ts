/** *Documented*: what is shown for a parameter that has `NoEcho`, and for what a custom resource has told with `NoEcho`. */
export const hiddenValue = "****";
