import { StoreFailure } from "../../ports/store.ts";

/**
 * What an error below the port means.
 *
 * - `again`: nothing was done, and the same may succeed later.
 * - `lost`: the answer did not come; whether it was done is not known.
 * - `failed`: it was not done, and trying again is of no use. A `StoreFailure`, or the error as it is: our mistake or the
 *   caller's.
 */
export type Meaning =
  | { readonly type: "again"; readonly error: Error; readonly reconnect: boolean }
  | { readonly type: "lost"; readonly error: Error }
  | { readonly type: "failed"; readonly error: Error };

/** What {@link pg} adds to an error that the server reported. */
interface ServerError extends Error {
  /** Five characters. Source: PostgreSQL, Appendix A. Error Codes. */
  readonly code: string;
  readonly constraint?: string;
}

/**
 * `sent`: whether a statement was on its way when the error came; without it, the error is of connecting. `server` names the
 * server and database for people.
 */
export function meaningOf(error: unknown, sent: boolean, server: string): Meaning {
  const cause = error instanceof Error ? error : new Error(String(error));
  const failed = (kind: StoreFailure["kind"], text: string): Meaning => ({
    type: "failed",
    error: new StoreFailure(kind, text, { cause }),
  });
  const again = (reconnect = false): Meaning => ({ type: "again", error: cause, reconnect });
  const broken = (): Meaning => (sent ? { type: "lost", error: cause } : again());
  if (error instanceof StoreFailure) return { type: "failed", error };

  if (!isServerError(cause)) {
    if (isMistake(cause)) return { type: "failed", error: cause };
    if (!sent && isUntrusted(cause)) {
      return failed("unavailable", `There is no secure connection to ${server}: ${cause.message}.`);
    }
    return broken();
  }

  const { code, message } = cause;
  switch (code) {
    // Serialization failure, deadlock, statement cancelled by a time limit, lock not available.
    case "40001":
    case "40P01":
    case "57014":
    case "55P03":
    // Out of memory, too many connections, the server starts or goes through its log.
    case "53000":
    case "53200":
    case "53300":
    case "57P03":
      return again();
    // A prepared statement that the session does not have or has otherwise: another's session behind a pooler.
    case "26000":
    case "42P05":
    case "25006":
      return again(true);
    // Statement completion unknown; the server ends the session.
    case "40003":
    case "57P01":
    case "57P02":
    case "57P05":
      return broken();
    case "53100":
      return failed(
        "full",
        `There is no space left for ${server}. Everything accepted until now is stored: free some space and start again.`,
      );
    case "XX001":
    case "XX002":
    case "58030":
      return failed("fatal", `The data of ${server} are damaged: ${message}.`);
    case "3D000":
    case "42501":
      return failed("unavailable", `${server} cannot be used: ${message}.`);
    case "0A000":
      // The plan of a prepared statement is of an older schema.
      return message.includes("cached plan") ? again(true) : { type: "failed", error: cause };
  }
  if (code.startsWith("08")) return broken();
  if (code.startsWith("28")) {
    return failed("unavailable", `${server} refuses the connection: ${message}.`);
  }
  return { type: "failed", error: cause };
}

/** What to say when trying again has not helped in time. */
export function unavailable(error: Error, server: string): StoreFailure {
  const cause = { cause: error };
  if (isReadOnly(error)) {
    return new StoreFailure(
      "unavailable",
      `${server} is read-only: it is a standby, or default_transaction_read_only is on. Stepwell needs the primary.`,
      cause,
    );
  }
  if (error instanceof StoreFailure) return error;
  if (isServerError(error)) {
    const text = `${server} refuses what it is asked, again and again: ${error.message}.`;
    return new StoreFailure("unavailable", text, cause);
  }
  const { code } = error as { readonly code?: unknown };
  // An error of several addresses has no text of its own.
  const text = error.message || (typeof code === "string" ? code : error.name);
  return new StoreFailure("unavailable", `${server} cannot be reached: ${text}.`, cause);
}

/** Whether the server takes no writes. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === "25006";
}

/** The error of a server that takes no writes, as it would say so itself. */
export function readOnly(message: string): Error {
  return Object.assign(new Error(message), { severity: "ERROR", code: "25006" });
}

/** The code of an error that the server reported; of any other, none. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && isServerError(error) ? error.code : undefined;
}

/** The constraint that a row would have broken. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof Error && isServerError(error) ? error.constraint : undefined;
}

function isServerError(error: Error): error is ServerError {
  return "severity" in error && "code" in error && typeof error.code === "string";
}

function isMistake(error: Error): boolean {
  return (
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  );
}

/** The server has no TLS, or a certificate that is not to be trusted: waiting does not change it. */
function isUntrusted(error: Error): boolean {
  const { code } = error as { readonly code?: unknown };
  return (
    error.message.includes("does not support SSL") ||
    (typeof code === "string" && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_SSL|^ERR_TLS/.test(code))
  );
}
