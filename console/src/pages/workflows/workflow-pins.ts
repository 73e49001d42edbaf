import { useState } from "react";
import { store, stored } from "../../app/preferences.ts";

const preference = "workflows.pins";

/** ARNs of the workflows that come first in this browser. */
export function usePins(): {
  readonly pins: ReadonlySet<string>;
  readonly toggle: (stateMachineArn: string) => void;
} {
  const [pins, setPins] = useState(read);
  return {
    pins,
    toggle(stateMachineArn) {
      const next = new Set(pins);
      if (!next.delete(stateMachineArn)) next.add(stateMachineArn);
      store(preference, JSON.stringify([...next]));
      setPins(next);
    },
  };
}

function read(): ReadonlySet<string> {
  try {
    const kept = JSON.parse(stored(preference) ?? "[]") as unknown;
    return new Set(Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : []);
  } catch {
    return new Set();
  }
}
