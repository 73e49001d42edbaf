import { useRef, type ReactNode } from "react";
import { Button } from "../../parts/button.tsx";

/** A button that lets a file be chosen. */
export function FileButton({
  onFile,
  look = "plain",
  label,
  children,
}: {
  readonly onFile: (file: File) => void;
  readonly look?: "plain" | "primary" | "quiet";
  readonly label: string;
  readonly children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again.
          event.currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
      <Button look={look} onPress={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
