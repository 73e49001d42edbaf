import type { DesignerCatalogue } from "../catalogues.ts";

/** 작업이 사람에게 묻는 내용. */
export const question: DesignerCatalogue["question"] = {
  heading: "묻는 내용",
  hint: "누군가 답할 때까지 승인 페이지에서 기다리고, 그 답을 가지고 계속합니다.",
  title: "제목",
  text: "내용",
  form: "양식",
  decision: "승인과 거절은 이미 있습니다. 무엇을 더 입력받을까요?",
  otherSchema: "답의 스키마가 멤버를 가진 객체가 아닙니다. 아래에서 JSON으로 바꿉니다.",
  labelOf: (name) => `${name} 레이블`,
  kindOf: (label) => `${label} 종류`,
  kinds: {
    text: "텍스트",
    longText: "긴 텍스트",
    number: "숫자",
    yesNo: "예 또는 아니요",
    choice: "여럿 중 하나",
    date: "날짜",
    other: "JSON에 있는 대로",
  },
  firstOptions: ["첫째", "둘째"],
  optionsOf: (label) => `${label} 선택지`,
  onePerLine: "한 줄에 하나씩.",
  required: "반드시 입력",
  nameHint: "답에서의 이름",
  newField: "새 필드의 레이블",
  add: "필드 추가",
  remove: (label) => `${label} 제거`,
  preview: "보이게 될 모습",
  tryForm: "시험해 보세요. 아무것도 보내지 않습니다.",
  goesOnWith: "워크플로는 다음을 가지고 계속합니다:",
};
