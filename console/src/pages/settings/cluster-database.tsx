import { Check, CircleHelp, TriangleAlert } from "lucide-react";
import type { DatabaseView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { Warning } from "./warning.tsx";

/** Whether the database keeps what it has accepted, and what to do where it may not. */
export function Database({ database }: { readonly database: DatabaseView }) {
  const words = useText().settings.cluster;
  const risks = database.settings.filter(({ isRisky }) => isRisky);
  return (
    <section>
      <h3 className="mb-1.5 text-[13px] font-semibold">{words.database}</h3>
      <p className="text-[13px] break-words" title={database.version}>
        {database.version.split(" on ")[0]}
      </p>
      <dl className="mt-1 text-[13px]">
        {database.settings.map((setting) => (
          <Setting key={setting.name} {...setting} />
        ))}
      </dl>
      {risks.map(({ name }) => (
        <div key={name} className="mt-2">
          <Warning title={words.risks[name]}>{words.remedies[name]}</Warning>
        </div>
      ))}
      <p className="mt-2 text-xs text-dim">{words.databaseHint}</p>
    </section>
  );
}

function Setting({ name, value, isRisky }: DatabaseView["settings"][number]) {
  const words = useText().settings.cluster;
  const isKnown = value !== "unknown";
  const Icon = isRisky ? TriangleAlert : isKnown ? Check : CircleHelp;
  const tone: Tone = isRisky ? "wait" : isKnown ? "ok" : "off";
  return (
    <div className="flex items-center justify-between gap-3 py-0.5">
      <dt className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden size={13} className={`shrink-0 ${toneText[tone]}`} />
        <code className="font-mono break-all text-dim">{name}</code>
      </dt>
      <dd className={`shrink-0 ${isRisky ? `font-medium ${toneText.wait}` : ""}`}>
        {isKnown ? value : words.unknown}
      </dd>
    </div>
  );
}
