import type { Widened } from "../../catalogue.ts";
import type { stacks as en } from "../en/stacks.ts";

export const stacks: Widened<typeof en> = {
  title: "스택",
  madeBy: "만든 스택:",
  hint: "템플릿이 만든 것: 상태 머신, 함수, 역할, 일정 등.",
  list: "스택 목록",
  noneTitle: "배포된 것이 없습니다",
  noneText:
    "CloudFormation 또는 SAM 템플릿, CDK 출력, serverless.yml을 배포하세요. AWS CLI, sam, cdk도 이 서버에서 작동합니다.",
  command: "이 폴더의 템플릿 배포",
  tabs: "스택 구성",
  resources: "리소스",
  outputs: "출력",
  parameters: "파라미터",
  events: "이벤트",
  change: "마지막 변경",
  name: "이름",
  value: "값",
  resource: "리소스",
  status: "상태",
  id: "물리적 ID",
  when: "시각",
  reason: "이유",
  notMade: "여기서 만들지 않음: 참조는 임의로 정해집니다",
  addressHere: "이 서버의 주소:",
  noOutputs: "템플릿에 출력과 파라미터가 없습니다.",
  noChange: "변경 세트 없이 배포되어 마지막 변경 내용을 알 수 없습니다.",
  replaced: "교체됨",
  checkDrift: "템플릿과 비교",
  drifts: {
    IN_SYNC: "템플릿과 같음",
    DRIFTED: "템플릿과 달라짐",
    MODIFIED: "누군가 변경함",
    DELETED: "누군가 삭제함",
  },
  actions: { Add: "생성", Modify: "변경", Remove: "삭제" },
};
