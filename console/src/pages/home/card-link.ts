/** How a link in the head of a card looks. */
export const cardLinkLook =
  "inline-flex min-h-7 items-center text-xs font-medium whitespace-nowrap text-accent hover:underline";
