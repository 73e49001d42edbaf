import {
  ArrowDownToDot,
  ArrowUpFromDot,
  CircleDot,
  FastForward,
  RedoDot,
  SkipBack,
  StepBack,
} from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useShortcuts } from "../../../../app/keys.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { IconButton } from "../../../../parts/button.tsx";
import { useTryStore, useTryView } from "../try-store.ts";
import { stepBack, stepFrom, visitAt, type Recorded, type Step } from "./steps.ts";

const steps = [
  { step: "go", keys: "F5", Icon: FastForward },
  { step: "over", keys: "F10", Icon: RedoDot },
  { step: "into", keys: "F11", Icon: ArrowDownToDot },
  { step: "out", keys: "Shift+F11", Icon: ArrowUpFromDot },
] as const satisfies readonly {
  readonly step: Step;
  readonly keys: string;
  readonly Icon: unknown;
}[];

const backKeys = "Shift+F10";
const breakpointKeys = "b";

/** Buttons and keys that lead through a recording, as those of debuggers do. */
export function StepButtons({
  recorded,
  at,
  onGo,
  selected,
}: {
  readonly recorded: Recorded;
  readonly at: number;
  readonly onGo: (eventId: number) => void;
  readonly selected: NodeKey | undefined;
}) {
  const texts = useDesignerText().trying;
  const text = texts.simulate;
  const format = useFormat();
  const tried = useTryStore();
  const breakpoints = useTryView((view) => view.breakpoints);
  // What a key does is where the recording is then, not where it was when the key was put in force.
  const acts = useRef({
    step: (_step: Step) => {},
    back: () => {},
    toggle: () => {},
  });
  useEffect(() => {
    acts.current = {
      step: (step) => onGo(stepFrom(recorded, at, step, breakpoints)),
      back: () => onGo(stepBack(recorded, at)),
      toggle: () => selected !== undefined && tried.toggleBreakpoint(selected),
    };
  });
  useShortcuts(
    useMemo(
      () => [
        ...steps.map(({ step, keys }) => ({
          keys,
          label: text[step],
          group: texts.group,
          run: () => acts.current.step(step),
        })),
        {
          keys: backKeys,
          label: text.back,
          group: texts.group,
          run: () => acts.current.back(),
        },
        {
          keys: breakpointKeys,
          label: text.breakpoint,
          group: texts.group,
          run: () => acts.current.toggle(),
        },
      ],
      [text, texts.group],
    ),
  );
  const isAtEnd = at >= recorded.lastEventId;
  const current = visitAt(recorded.visits, at);
  return (
    <div role="toolbar" aria-label={text.steps} className="flex items-center pl-2">
      <IconButton label={text.first} isDisabled={at <= 1} onPress={() => onGo(1)}>
        <SkipBack aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={text.withKey(text.back, backKeys)}
        isDisabled={at <= 1}
        onPress={() => onGo(stepBack(recorded, at))}
      >
        <StepBack aria-hidden size={15} />
      </IconButton>
      {steps.map(({ step, keys, Icon }) => (
        <IconButton
          key={step}
          label={text.withKey(text[step], keys)}
          isDisabled={isAtEnd}
          onPress={() => onGo(stepFrom(recorded, at, step, breakpoints))}
        >
          <Icon aria-hidden size={15} />
        </IconButton>
      ))}
      <IconButton
        label={text.withKey(text.breakpoint, breakpointKeys)}
        isDisabled={selected === undefined}
        onPress={() => selected !== undefined && tried.toggleBreakpoint(selected)}
      >
        <CircleDot
          aria-hidden
          size={15}
          className={selected !== undefined && breakpoints.has(selected) ? "text-fail" : ""}
        />
      </IconButton>
      <p role="status" className="sr-only">
        {current !== undefined && text.atState(current.name)},{" "}
        {text.at(format.number(at), format.number(recorded.lastEventId))}
      </p>
    </div>
  );
}
