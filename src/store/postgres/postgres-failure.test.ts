import { expect, test } from "vitest";
import { StoreFailure } from "../../ports/store.ts";
import { meaningOf, readOnly, unavailable } from "./postgres-failure.ts";

function reported(code: string, message = "said so"): Error {
  return Object.assign(new Error(message), { severity: "ERROR", code });
}

const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

test.each(["40001", "40P01", "57014", "55P03", "53300", "53200", "57P03", "25006", "26000"])(
  "after %s nothing was done, and it may be tried again",
  (code) => {
    expect(meaningOf(reported(code), true, "db")).toMatchObject({ type: "again" });
  },
);

test.each([
  reset,
  new Error("Connection terminated unexpectedly"),
  new Error("Query read timeout"),
])("%s loses the answer of a statement that was sent, and of no other", (error) => {
  expect(meaningOf(error, true, "db")).toMatchObject({ type: "lost" });
  expect(meaningOf(error, false, "db")).toMatchObject({ type: "again" });
});

test.each(["57P01", "57P02", "57P05", "40003", "08006", "08P01"])(
  "%s loses the answer of a statement that was sent",
  (code) => {
    expect(meaningOf(reported(code), true, "db")).toMatchObject({ type: "lost" });
  },
);

test.each([
  ["53100", "full"],
  ["XX001", "fatal"],
  ["XX002", "fatal"],
  ["58030", "fatal"],
  ["28P01", "unavailable"],
  ["3D000", "unavailable"],
  ["42501", "unavailable"],
] as const)("%s is a failure of the kind %s", (code, kind) => {
  const meaning = meaningOf(reported(code), true, "db");
  expect(meaning.type).toBe("failed");
  expect(meaning.type === "failed" && meaning.error).toBeInstanceOf(StoreFailure);
  expect(meaning).toMatchObject({ error: { kind } });
});

test.each([reported("23505"), reported("22012"), reported("42601"), new TypeError("ours")])(
  "%s stays as it is: a mistake",
  (error) => {
    expect(meaningOf(error, true, "db")).toEqual({ type: "failed", error });
  },
);

test("a certificate that is not trusted is not waited for", () => {
  const error = Object.assign(new Error("self-signed certificate"), {
    code: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  expect(meaningOf(error, false, "db")).toMatchObject({
    type: "failed",
    error: { kind: "unavailable" },
  });
});

test("what did not help in time says why", () => {
  expect(unavailable(reset, "db").message).toBe("db cannot be reached: read ECONNRESET.");
  const none = Object.assign(new Error(""), { code: "ECONNREFUSED" });
  expect(unavailable(none, "db").message).toBe("db cannot be reached: ECONNREFUSED.");
  expect(unavailable(readOnly("it is a standby"), "db").message).toContain(
    "Stepwell needs the primary",
  );
});
