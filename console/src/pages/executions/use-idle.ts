import { useEffect, useState } from "react";

/** Our choice: so near to its top a list counts as being there. */
const topPx = 8;

/** Whether the page is at its top with neither pointer nor focus in the list: nothing moves under anybody. */
export function useIdle() {
  const [isAtTop, setAtTop] = useState(window.scrollY < topPx);
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  useEffect(() => {
    const look = () => setAtTop(window.scrollY < topPx);
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return {
    isIdle: isAtTop && !isPointed && !isFocused,
    watch: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}
