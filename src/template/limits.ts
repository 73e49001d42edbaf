/** Documented quotas of CloudFormation: a template's bytes (from S3), and the members of its sections. */
export const maximumTemplateBytes = 1_000_000;
export const maximumMembers: { readonly [section: string]: number } = {
  Parameters: 200,
  Mappings: 200,
  Resources: 500,
  Outputs: 200,
};

/** Documented: bytes of one parameter's value. */
export const maximumParameterBytes = 4096;

/** How deep a template may be nested. Our choice: ten times what real ones are, and far from the end of the stack. */
export const maximumTemplateDepth = 200;

/** Values of a template after its aliases and loops are written out. Our choice: what 1 MB of text can hold by itself. */
export const maximumTemplateValues = 250_000;

/** How deep templates and files may include each other. Our choice. */
export const maximumIncludeDepth = 20;

/** Characters of one text that functions or variables make. Our choice: a template's own; texts in each other double quickly. */
export const maximumTextLength = 1_000_000;
