/** An error as a state or a task ends with it. */
export interface Failure {
  readonly error: string;
  readonly cause: string | undefined;
}

/** Error and cause on one line. */
export function failureText(failure: Failure | undefined): string {
  if (failure === undefined) return "a failure";
  const { error, cause = "" } = failure;
  return cause === "" ? error : `${error}: ${shortened(cause)}`;
}

/** Causes of functions are error documents, whose message says it all; others can be long. */
const longestCause = 300;

function shortened(cause: string): string {
  const text = errorMessageIn(cause) ?? cause;
  return text.length > longestCause ? `${text.slice(0, longestCause)}…` : text;
}

function errorMessageIn(cause: string): string | undefined {
  try {
    const document = JSON.parse(cause) as { readonly errorMessage?: unknown } | null;
    return typeof document?.errorMessage === "string" ? document.errorMessage : undefined;
  } catch {
    return undefined;
  }
}
