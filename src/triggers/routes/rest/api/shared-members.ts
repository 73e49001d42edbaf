/** Members that several operations have. */
export const restApiId = { type: "string", required: true } as const;
export const resourceId = { type: "string", required: true } as const;
export const httpMethod = {
  type: "string",
  required: true,
  pattern: /^(?:ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/,
} as const;
export const statusCode = { type: "string", required: true, pattern: /^[1-5]\d\d$/ } as const;
export const description = { type: "string", max: 1024 } as const;
export const textMap = { type: "map", of: { type: "string" } } as const;
export const flagMap = { type: "map", of: { type: "boolean" } } as const;
export const texts = { type: "list", of: { type: "string" } } as const;
export const tags = { type: "map", of: { type: "string", max: 256 }, max: 50 } as const;
/** Pages are not needed: all that there is, is one. */
export const paged = {
  limit: { type: "integer" },
  position: { type: "string" },
} as const;
export const pagedQuery = { limit: "limit", position: "position" } as const;
