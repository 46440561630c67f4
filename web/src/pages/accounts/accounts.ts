/* Names, first passwords and links of accounts. */
import type { AccountRow } from "../../base/types";

const NAME_BYTES = 64; // of an account's name and a token's label

/* A name that the server takes: text without blanks at its ends, at most 64 bytes of UTF-8. */
export function isName(text: string): boolean {
    const trimmed = text.trim();
    return trimmed !== "" && new TextEncoder().encode(trimmed).length <= NAME_BYTES && !/[\u0000-\u001f\u007f]/.test(trimmed);
}

export const isOpen = (account: Pick<AccountRow, "active">): boolean => account.active === true || account.active === 1;

// No letters or digits that are taken for each other when they are read aloud or copied by hand.
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const GROUPS = 5;
const GROUP = 4;

/* Twenty letters of thirty-two, 100 bits, in groups: "K7QM-2XPD-9FHR-W3TC-8BNV". 32 divides 256, so that every letter is as likely. */
export function firstPassword(random: Uint8Array = crypto.getRandomValues(new Uint8Array(GROUPS * GROUP))): string {
    const letters = [...random].map((byte) => LETTERS[byte % LETTERS.length] ?? "").join("");
    return Array.from({ length: GROUPS }, (_, at) => letters.slice(at * GROUP, (at + 1) * GROUP)).join("-");
}

/* Behind the "#" nothing is sent to a server or written into its logs. */
export const loginLink = (origin: string, code: string): string => `${origin}/#code=${encodeURIComponent(code)}`;
