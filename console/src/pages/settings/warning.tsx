import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Something that somebody should do something about. */
export function Warning({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="rounded-lg border border-wait/60 bg-wait-soft p-3 text-[13px]">
      <p className="flex items-start gap-2 font-semibold text-wait">
        <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
        {title}
      </p>
      <p className="mt-1">{children}</p>
    </div>
  );
}
