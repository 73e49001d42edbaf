/** What a new workflow begins with where no starter was chosen. */
export const emptyDefinition = `{
  "QueryLanguage": "JSONata",
  "States": {}
}
`;
