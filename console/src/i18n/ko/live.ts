import type { Widened } from "../catalogue.ts";
import type { live as en } from "../en/live.ts";

export const live: Widened<typeof en> = {
  live: "실시간",
  connecting: "연결 중",
  reconnecting: "다시 연결 중",
  polling: "주기적 조회",
  paused: "일시 중지",
  pausedNew: (count) => `일시 중지 – 새 항목 ${count}개`,
  oldBuild: {
    title: "서버가 업그레이드되었습니다",
    hint: "이 탭은 아직 이전 버전의 콘솔을 표시하고 있습니다.",
    missing: "이 페이지는 더 이상 없습니다",
    missingHint: "이 탭이 아직 표시하고 있는 이전 버전의 콘솔과 함께 서버에서 제거되었습니다.",
    reload: "새로 고침",
  },
  missing: {
    title: "페이지를 불러올 수 없습니다",
    hint: "서버에 연결할 수 없거나 이 탭을 연 후 서버가 업그레이드되었습니다.",
  },
};
