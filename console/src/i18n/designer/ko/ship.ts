export const ship = {};
