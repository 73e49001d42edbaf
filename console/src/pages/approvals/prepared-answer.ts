/** An answer that has been written, and is sent once it is confirmed. */
export type PreparedAnswer =
  | { readonly kind: "approve" | "reject" | "answer"; readonly output: string }
  | { readonly kind: "fail"; readonly error: string; readonly cause: string };

/** Exactly what is sent, as JSON text. */
export function sentText(answer: PreparedAnswer): string {
  if (answer.kind !== "fail") return answer.output;
  return JSON.stringify({ error: answer.error, cause: answer.cause });
}

/** A decision as JSON text; a comment that says nothing is left out. */
export function decision(
  isApproved: boolean,
  comment: string,
  others: Readonly<Record<string, unknown>> = {},
): PreparedAnswer {
  const said = comment.trim();
  const output = JSON.stringify({
    ...others,
    approved: isApproved,
    ...(said !== "" && { comment: said }),
  });
  return { kind: isApproved ? "approve" : "reject", output };
}
