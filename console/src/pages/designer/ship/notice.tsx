import type { ReactNode } from "react";

const looks = {
  ok: "border-ok/40 bg-ok-soft",
  wait: "border-wait/50 bg-wait-soft",
  fail: "border-fail/40 bg-fail-soft",
} as const;

/** Something to know of the whole text, on a line of its own below the bar. */
export function Notice({
  look,
  children,
}: {
  readonly look: keyof typeof looks;
  readonly children: ReactNode;
}) {
  return (
    <div
      role={look === "fail" ? "alert" : "status"}
      className={`order-last flex basis-full flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md border px-3 py-1.5 text-[13px] ${looks[look]}`}
    >
      {children}
    </div>
  );
}
