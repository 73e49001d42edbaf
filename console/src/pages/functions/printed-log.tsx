import { useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Read } from "../../parts/query-state.tsx";
import { PrintedText } from "./invoke-form.tsx";

/** What a function has printed lately. */
export function PrintedLog({ arn }: { readonly arn: string }) {
  const { functions: text } = useAroundText();
  const query = useQuery({
    queryKey: [...keys.functions, arn, "printed"],
    queryFn: () => triggers.printed(arn),
    refetchInterval: 3_000,
  });
  return (
    <Read query={query}>
      {({ text: printed }) =>
        printed === "" ? (
          <p className="text-[13px] text-dim">{text.printedNothing}</p>
        ) : (
          <>
            <p className="mb-2 text-[13px] text-dim">{text.printedHint}</p>
            <PrintedText label={text.printed} printed={printed} />
          </>
        )
      }
    </Read>
  );
}
