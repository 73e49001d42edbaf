/** The functions that YAML's short tags stand for. Documented: "Intrinsic function reference". */
export const shortTags: { readonly [tag: string]: string } = {
  "!Ref": "Ref",
  "!Condition": "Condition",
  ...Object.fromEntries(
    [
      "And Base64 Cidr Contains EachMemberEquals EachMemberIn Equals FindInMap ForEach GetAtt GetAZs If ImportValue",
      "Join Length Not Or RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll",
    ]
      .flatMap((names) => names.split(" "))
      .map((name) => [`!${name}`, `Fn::${name}`]),
  ),
};
