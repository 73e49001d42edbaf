import { Minus, Plus, Scan } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { isMac, useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { zooms, type GridGeometry } from "./grid-geometry.ts";

/** How large the cells are. */
export function GridZoom({
  zoom,
  grid,
  onZoom,
}: {
  readonly zoom: number | undefined;
  readonly grid: GridGeometry;
  readonly onZoom: (zoom: number | undefined) => void;
}) {
  const { mapRuns: text } = useText();
  const level = zoom === undefined ? -1 : zooms.indexOf(zoom as (typeof zooms)[number]);
  const nearer = zooms.find((each) => each > (zoom ?? (grid.perCell > 1 ? 0 : grid.pitch)));
  const farther = level > 0 ? zooms[level - 1] : undefined;
  return (
    <div role="group" aria-label={text.zoom} className="flex items-center">
      <IconButton
        label={text.zoomOut}
        isDisabled={zoom === undefined}
        onPress={() => onZoom(farther)}
      >
        <Minus aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={text.zoomFit}
        isDisabled={zoom === undefined}
        onPress={() => onZoom(undefined)}
      >
        <Scan aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={text.zoomIn}
        isDisabled={nearer === undefined}
        onPress={() => onZoom(nearer)}
      >
        <Plus aria-hidden size={15} />
      </IconButton>
    </div>
  );
}

/** Goes to an item by its index. */
export function JumpToItem({
  total,
  onJump,
}: {
  readonly total: number;
  readonly onJump: (index: number) => void;
}) {
  const { mapRuns: text } = useText();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const [written, setWritten] = useState("");
  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+g",
          label: text.jump,
          group: text.gridKeys,
          run: () => field.current?.select(),
        },
      ],
      [text],
    ),
  );
  const index = Number(written);
  const isWrong = written !== "" && !(Number.isSafeInteger(index) && index >= 0 && index < total);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (written === "" || isWrong) return;
        onJump(index);
        setWritten("");
      }}
    >
      <input
        ref={field}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={text.jump}
        aria-invalid={isWrong}
        title={isWrong ? text.jumpRange(format.number(Math.max(0, total - 1))) : text.jump}
        placeholder={text.jumpShort(isMac ? "⌘G" : "Ctrl G")}
        value={written}
        onChange={({ target }) => setWritten(target.value.trim())}
        className={`h-7 w-32 rounded-md border bg-sunken px-2 text-xs tabular-nums placeholder:text-faint ${isWrong ? "border-fail" : "border-line"}`}
      />
    </form>
  );
}
