import { CircleCheck } from "lucide-react";

/** Nothing needs attention: said, and no more than that. */
export function Quiet({ children }: { readonly children: string }) {
  return (
    <p className="flex items-center gap-2 px-4 py-5 text-dim">
      <CircleCheck aria-hidden size={16} className="shrink-0 text-ok" />
      {children}
    </p>
  );
}
