/*
 * What a role allows: the table of include/marsad_people.h, told to people. The server decides; this spares them forms that would be refused, and says why.
 */
import type { AccountRow, Role, Session } from "./types";

export type Right = "read" | "code" | "verify" | "edit" | "release" | "keep";

export const ROLES: readonly Role[] = ["reader", "coder", "verifier", "editor", "releaser", "keeper"];
export const RIGHTS: readonly Right[] = ["read", "code", "verify", "edit", "release", "keep"];

const allowed: Record<Role, readonly Right[]> = {
    reader: ["read"],
    coder: ["read", "code"],
    verifier: ["read", "verify"],
    editor: ["read", "code", "edit"],
    releaser: ["read", "release"],
    keeper: ["read", "keep"],
};

export const roleAllows = (role: Role, right: Right): boolean => allowed[role].includes(right);

/* In the order of RIGHTS, each once. */
export const rightsOf = (roles: readonly Role[]): Right[] => RIGHTS.filter((right) => roles.some((role) => roleAllows(role, right)));

/* The roles of which one is needed. */
export const rolesThatMay = (right: Right): Role[] => ROLES.filter((role) => roleAllows(role, right));

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/* A set of names as the server tells it: a list, or names parted by commas. */
export function namesOf(set: readonly string[] | string): string[] {
    const names = typeof set === "string" ? set.split(",") : [...set];
    return names.map((name) => name.trim()).filter((name) => name !== "");
}

export const rolesOf = (account: Pick<AccountRow, "roles">): Role[] => namesOf(account.roles).filter(isRole);

/* Why something cannot be done; null if it can. */
export type Obstacle = "read-only" | "login" | "role";

export function obstacleTo(session: Session, right: Right): Obstacle | null {
    if (session.mode === "read-only") return right === "read" ? null : "read-only";
    if (session.person === null) return "login";
    return rightsOf(session.roles).includes(right) ? null : "role";
}
