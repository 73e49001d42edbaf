import { useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";

/** Characters that are drawn at once, and with each press. */
const partSize = 100_000;

/** A text of any length: what is not drawn yet costs nothing. */
export function TextParts({ text: value }: { readonly text: string }) {
  const text = useText().json;
  const format = useFormat();
  const [most, setMost] = useState(partSize);
  return (
    <>
      <pre className="break-words whitespace-pre-wrap">{value.slice(0, most)}</pre>
      {value.length > most && (
        <p className="sticky left-0 mt-2 flex items-center gap-3 font-sans">
          <button
            type="button"
            className="min-h-6 text-run underline"
            onClick={() => setMost(most + partSize)}
          >
            {text.morePart}
          </button>
          <span className="text-dim tabular-nums">
            {text.inParts(format.bytes(most), format.bytes(value.length))}
          </span>
        </p>
      )}
    </>
  );
}
