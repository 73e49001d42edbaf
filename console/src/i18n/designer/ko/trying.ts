export const trying = {};
