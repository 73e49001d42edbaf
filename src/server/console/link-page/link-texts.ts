/** The texts of the page behind a link; the language is the browser's. */
export interface LinkTexts {
  readonly language: string;
  readonly invalid: string;
  readonly invalidHint: string;
  readonly expired: string;
  readonly expiredHint: string;
  readonly decided: string;
  readonly noLonger: string;
  readonly asks: (workflow: string) => string;
  readonly due: (time: string) => string;
  readonly details: string;
  readonly approve: string;
  readonly reject: string;
  readonly comment: string;
  readonly review: string;
  readonly reviewTitle: string;
  readonly reviewHint: string;
  readonly confirm: string;
  readonly back: string;
  readonly done: string;
  readonly doneHint: string;
  readonly denied: string;
  readonly deniedHint: string;
  readonly again: string;
  readonly wrong: (field: string) => string;
}

const en: LinkTexts = {
  language: "en",
  invalid: "This link is not valid",
  invalidHint: "It may have been cut off. Copy the whole of it.",
  expired: "This link has expired",
  expiredHint: "Ask whoever sent it for a new one.",
  decided: "This was decided",
  noLonger: "Nobody is asked any more: the workflow has gone on.",
  asks: (workflow) => `${workflow} asks for your decision`,
  due: (time) => `Answer until ${time}`,
  details: "Details",
  approve: "Approve",
  reject: "Reject",
  comment: "Comment",
  review: "Continue",
  reviewTitle: "Is this right?",
  reviewHint: "Nothing has been decided yet. This will be sent to the workflow:",
  confirm: "Confirm",
  back: "Back",
  done: "Thank you",
  doneHint: "Your answer was recorded, and the workflow goes on.",
  denied: "You may not answer this",
  deniedHint:
    "Nothing was decided. Ask an administrator for the right to answer tasks of this workflow.",
  again: "This page was open for too long, or was sent twice. Please try again.",
  wrong: (field) => `Please check: ${field}`,
};

const ko: LinkTexts = {
  language: "ko",
  invalid: "올바르지 않은 링크입니다",
  invalidHint: "링크가 잘렸을 수 있습니다. 전체를 복사해 주세요.",
  expired: "만료된 링크입니다",
  expiredHint: "보낸 사람에게 새 링크를 요청하세요.",
  decided: "이미 결정되었습니다",
  noLonger: "더 이상 답을 기다리지 않습니다. 워크플로가 이미 진행되었습니다.",
  asks: (workflow) => `${workflow}에서 결정을 요청합니다`,
  due: (time) => `${time}까지 답해 주세요`,
  details: "자세한 내용",
  approve: "승인",
  reject: "거절",
  comment: "의견",
  review: "계속",
  reviewTitle: "이대로 보낼까요?",
  reviewHint: "아직 결정되지 않았습니다. 다음 내용이 워크플로에 전달됩니다.",
  confirm: "확인",
  back: "뒤로",
  done: "감사합니다",
  doneHint: "답변이 기록되었고 워크플로가 계속 진행됩니다.",
  denied: "답할 권한이 없습니다",
  deniedHint:
    "아무것도 결정되지 않았습니다. 관리자에게 이 워크플로의 작업에 답할 권한을 요청하세요.",
  again: "페이지를 너무 오래 열어 두었거나 두 번 보냈습니다. 다시 시도해 주세요.",
  wrong: (field) => `확인해 주세요: ${field}`,
};

/** The texts for an `Accept-Language`. */
export function linkTexts(accepted: string | undefined): LinkTexts {
  const wanted = (accepted ?? "").split(",").map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wanted.find((tag) => tag === "ko" || tag === "en") === "ko" ? ko : en;
}
