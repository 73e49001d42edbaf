import type { ReactNode } from "react";

/** A plain table with a heading that stays: `<Table><thead><Head>…` */
export function Table({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="relative overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-left">
        {children}
      </table>
    </div>
  );
}

export function Head({
  children,
  className = "",
}: {
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return (
    <th
      scope="col"
      className={`border-b border-line px-3 py-2 text-xs font-medium whitespace-nowrap first:pl-4 last:pr-4 text-dim ${className}`}
    >
      {children}
    </th>
  );
}

export function Cell({
  children,
  className = "",
}: {
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return <td className={`px-3 py-2 align-middle first:pl-4 last:pr-4 ${className}`}>{children}</td>;
}

export const rowLook = "border-b border-line last:border-0 hover:bg-sunken";
