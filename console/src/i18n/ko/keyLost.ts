import type { Widened } from "../catalogue.ts";
import type { keyLost as en } from "../en/keyLost.ts";

export const keyLost: Widened<typeof en> = {
  titles: {
    KmsAccessDeniedException: "이 워크플로의 키 사용이 거부되었습니다",
    KmsInvalidStateException: "이 워크플로의 키를 지금 사용할 수 없습니다",
    KmsThrottlingException: "이 워크플로의 키 요청이 너무 잦습니다",
  },
  why: "정의와 실행 데이터는 이 워크플로의 고객 관리형 키로 암호화되어 있습니다. 키를 다시 사용할 수 있을 때까지 암호화되지 않은 정보만 표시됩니다.",
  again: "다시 요청",
};
