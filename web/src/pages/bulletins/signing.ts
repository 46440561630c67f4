/* Who may sign: somebody who releases, and never who prepared. The server decides; this says beforehand why not. */
import type { BulletinRow } from "../../base/types";

export type Refusal = "signed" | "read-only" | "login" | "role" | "own";

export function whyNotSign(bulletin: BulletinRow, who: { person: string | null; isReleaser: boolean; isReadOnly: boolean }): Refusal | null {
    if (bulletin.signed !== null) return "signed";
    if (who.isReadOnly) return "read-only";
    if (who.person === null) return "login";
    if (!who.isReleaser) return "role";
    return who.person.toLowerCase() === bulletin.prepared_by.toLowerCase() ? "own" : null;
}
