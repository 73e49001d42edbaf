import { useState } from "react";
import { store, stored } from "../../app/preferences.ts";

const name = "claims";
/** Older claims are forgotten: what they were of has long been answered. */
const most = 200;

/** Which tasks somebody has said that he takes care of: a note of this browser, which nobody else sees. */
export function useClaims(): {
  readonly has: (task: string) => boolean;
  readonly toggle: (task: string) => void;
} {
  const [claims, setClaims] = useState(readClaims);
  return {
    has: (task) => claims.includes(task),
    toggle(task) {
      const next = claims.includes(task)
        ? claims.filter((claim) => claim !== task)
        : [...claims, task].slice(-most);
      store(name, JSON.stringify(next));
      setClaims(next);
    },
  };
}

function readClaims(): readonly string[] {
  try {
    const claims: unknown = JSON.parse(stored(name) ?? "[]");
    return Array.isArray(claims) ? claims.map(String) : [];
  } catch {
    return [];
  }
}
