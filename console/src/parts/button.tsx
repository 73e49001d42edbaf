import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { Tip } from "./tip.tsx";

type Look = "plain" | "primary" | "danger" | "quiet";

const looks: Readonly<Record<Look, string>> = {
  plain: "border border-line bg-surface text-text hover:border-line-strong hover:bg-sunken",
  primary: "border border-transparent bg-accent text-accent-text hover:brightness-110",
  danger: "border border-fail/60 bg-surface text-fail hover:bg-fail-soft",
  quiet: "border border-transparent text-dim hover:bg-sunken hover:text-text",
};

const shape =
  "inline-flex h-8 items-center justify-center gap-1.5 rounded-md px-3 text-[13px] font-medium whitespace-nowrap transition-colors";

/** How a link looks that stands among buttons. */
export function linkAsButton(look: "plain" | "primary"): string {
  return `${shape} ${looks[look]}`;
}

/** A button with words. */
export function Button({
  look = "plain",
  className = "",
  ...props
}: Omit<ButtonProps, "className"> & { readonly look?: Look; readonly className?: string }) {
  return (
    <AriaButton
      {...props}
      className={`${shape} disabled:cursor-default disabled:opacity-50 ${looks[look]} ${className}`}
    />
  );
}

/** A button that is a sign: its name is shown beside it when the pointer or the focus rests on it. */
export function IconButton({
  label,
  children,
  look = "quiet",
  className = "",
  ...props
}: Omit<ButtonProps, "children" | "className" | "aria-label"> & {
  readonly label: string;
  readonly children: ReactNode;
  readonly look?: Look;
  readonly className?: string;
}) {
  return (
    <Tip text={label}>
      <AriaButton
        {...props}
        aria-label={label}
        className={`inline-flex h-8 w-8 items-center justify-center rounded-md transition-colors disabled:opacity-50 ${looks[look]} ${className}`}
      >
        {children}
      </AriaButton>
    </Tip>
  );
}
