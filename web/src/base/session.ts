/* Who looks, and what they may do. The server decides; this only spares people buttons that would be refused. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role, Session } from "./types";

export const SessionContext = createContext<Session>({
    person: null,
    roles: [],
    csrf: null,
    mode: "team",
    public: false,
    version: "",
    must_change: false,
});

export const useSession = (): Session => useContext(SessionContext);

export function hasRole(session: Session, ...roles: Role[]): boolean {
    return session.mode !== "read-only" && roles.some((role) => session.roles.includes(role));
}

/* An editor does all that a coder does. */
export const mayCode = (s: Session): boolean => hasRole(s, "coder", "editor");
export const mayVerify = (s: Session): boolean => hasRole(s, "verifier");
export const mayEdit = (s: Session): boolean => hasRole(s, "editor");
export const mayRelease = (s: Session): boolean => hasRole(s, "releaser");
export const mayKeep = (s: Session): boolean => hasRole(s, "keeper");
/* Logged in, or everybody in read-only mode; the anonymous public view shows less. */
export const mayRead = (s: Session): boolean => s.person !== null || s.mode === "read-only";
