import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Took } from "../../parts/time.tsx";
import { FamilyLink, FamilyStatus } from "./family-link.tsx";
import type { FamilyMember } from "./family-way.ts";
import { useChildren, type FamilyChild } from "./use-children.ts";

/** Children that are shown at first, and with each press. */
const childrenAtOnce = 50;

/** All that this execution stands among: opened on the way to it, the rest where it is pressed. */
export function FamilyTree({ way }: { readonly way: readonly FamilyMember[] }) {
  const text = useText();
  const [root, ...rest] = way;
  if (root === undefined) return null;
  return (
    <ul aria-label={text.runHead.familyTree} className="max-h-80 w-full overflow-auto pb-1">
      <Member key={root.arn} member={root} way={rest} />
    </ul>
  );
}

/** `way` is what is left of the way down to the execution; absent: it does not lead through here. */
function Member({
  member,
  way,
}: {
  readonly member: FamilyChild;
  readonly way?: readonly FamilyMember[] | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const [isOpen, setOpen] = useState(way !== undefined);
  const { kind, name, stateName, index, status, startDate, stopDate } = member;
  const isHere = way?.length === 0;
  return (
    <li>
      <div
        className={`flex min-h-8 items-center gap-1.5 rounded-md pr-2 text-[13px] ${isHere ? "bg-accent-soft" : "hover:bg-sunken"}`}
      >
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={(isOpen ? text.runHead.collapse : text.runHead.expand)(name)}
          onClick={() => setOpen(!isOpen)}
          className="inline-grid h-6 w-6 shrink-0 place-items-center rounded text-dim hover:text-text"
        >
          <ChevronRight
            aria-hidden
            size={13}
            className={`transition-transform ${isOpen ? "rotate-90" : ""}`}
          />
        </button>
        {isHere ? (
          <>
            <FamilyStatus status={status} />
            <span aria-current="page" className="truncate font-semibold" title={text.runHead.here}>
              {name}
            </span>
          </>
        ) : (
          <FamilyLink member={member}>
            <span className="truncate">{name}</span>
          </FamilyLink>
        )}
        <span className="shrink-0 truncate text-xs text-dim max-sm:hidden">
          {[
            kind === "mapRun" ? text.runHead.mapRun : "",
            stateName === undefined ? "" : text.runHead.by(stateName),
            index === undefined ? "" : text.runHead.item(format.number(index)),
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
        <span className="grow" />
        {startDate !== undefined && (
          <span className="shrink-0 text-xs text-dim">
            <Took from={startDate} to={stopDate} />
          </span>
        )}
      </div>
      {isOpen && <Children member={member} way={way} />}
    </li>
  );
}

function Children({
  member,
  way = [],
}: {
  readonly member: FamilyChild;
  readonly way?: readonly FamilyMember[] | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const [most, setMost] = useState(childrenAtOnce);
  const { data, isError } = useChildren(member, { most });
  const [next, ...rest] = way;
  const rows = data?.rows ?? [];
  // The one that leads on is shown, however many come before it.
  const shown =
    next === undefined || rows.some(({ arn }) => arn === next.arn) ? rows : [...rows, next];
  const indent = "ml-3 border-l border-line pl-3";
  if (data === undefined && shown.length === 0) {
    return (
      <p className={`${indent} py-1 text-xs text-dim`}>
        {isError ? text.runHead.gone : text.app.loading}
      </p>
    );
  }
  if (shown.length === 0) {
    return <p className={`${indent} py-1 text-xs text-dim`}>{text.runHead.startsNone}</p>;
  }
  const left = (data?.total ?? 0) - rows.length;
  return (
    <ul className={indent}>
      {shown.map((child: FamilyChild) => (
        <Member key={child.arn} member={child} way={child.arn === next?.arn ? rest : undefined} />
      ))}
      {left > 0 && (
        <li>
          <Button look="quiet" onPress={() => setMost(most + childrenAtOnce)}>
            {text.runHead.moreChildren(format.number(left))}
          </Button>
        </li>
      )}
    </ul>
  );
}
