import { useQuery } from "@tanstack/react-query";
import { Ban, Cloud, FolderCog, PackageX, Server, type LucideIcon } from "lucide-react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { toneSoft, toneText, type Tone } from "../../parts/status.tsx";
import { targetGroups, type Place, type TargetGroup } from "./target-groups.ts";

const looks: Readonly<Record<Place, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  AWS: { icon: Cloud, tone: "run" },
  standIn: { icon: Server, tone: "ok" },
  local: { icon: FolderCog, tone: "ok" },
  nowhere: { icon: Ban, tone: "off" },
  notInstalled: { icon: PackageX, tone: "off" },
};

/** Which services are called from here, and who answers: AWS, a stand-in, this machine or nobody, and why. */
export function CallTargets() {
  const text = useText();
  const query = useQuery({
    queryKey: keys.callTargets,
    queryFn: server.callTargets,
    staleTime: 60_000,
  });
  return (
    <>
      <p className="border-b border-line px-4 py-3 text-[13px] text-dim">
        {text.settings.targetsHint}
      </p>
      <Read query={query}>
        {(targets) =>
          targets.length === 0 ? (
            <Empty title={text.settings.noTargets} />
          ) : (
            <ul>
              {targetGroups(targets).map((group) => (
                <Group key={`${group.place} ${group.targets[0]?.service}`} group={group} />
              ))}
            </ul>
          )
        }
      </Read>
    </>
  );
}

function Group({ group: { place, otherwise, because, targets } }: { readonly group: TargetGroup }) {
  const { settings } = useText();
  const { icon: Icon, tone } = looks[place];
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneSoft[tone]} ${toneText[tone]}`}
        >
          <Icon aria-hidden size={13} />
          {settings.places[place]}
        </span>
        <span className="min-w-0">{settings.consequence(place, otherwise)}</span>
      </div>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {targets.map(({ service, name, usedFor }) => (
          <li
            key={service}
            className="rounded-md border border-line px-2 py-0.5 text-[13px] font-medium"
          >
            {name}
            {usedFor !== "task" && (
              <span className="ml-1.5 text-xs font-normal text-dim">
                {settings.usedFor[usedFor]}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs break-words text-dim first-letter:uppercase">
        {place === "notInstalled" ? settings.missingPackage(because) : because}
      </p>
    </li>
  );
}
