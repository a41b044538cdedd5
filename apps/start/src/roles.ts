/** Who may do what in the database (design §3.13): each role logs in by an url of its own. */
export const roles = ['migrator', 'app', 'engine', 'auditor', 'eraser'] as const;

export type Role = (typeof roles)[number];

export type RoleUrls = Readonly<Record<Role, string>>;

/** `DATABASE_URL_APP` and so on. */
export const urlVariable = (role: Role): `DATABASE_URL_${string}` => `DATABASE_URL_${role.toUpperCase()}`;

export const urlVariables = (urls: RoleUrls): Record<string, string> =>
  Object.fromEntries(roles.map((role) => [urlVariable(role), urls[role]]));
