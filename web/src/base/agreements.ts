/* Names of truces' agreements, in the reader's language. */
import { useAsked } from "./api";
import type { AgreementRow, Agreements } from "./types";
import { language } from "./words";

export const titleOf = (agreement: AgreementRow): string => (language() === "ar" ? agreement.title : agreement.title_en || agreement.title);

/* Tells an agreement's title by its name; the name itself until the server has answered, and of one that it does not know. */
export function useAgreementTitles(): (name: string) => string {
    const rows = useAsked<Agreements>("/truce/agreements").value?.agreements ?? [];
    return (name) => {
        const known = rows.find((row) => row.name === name);
        return known === undefined ? name : titleOf(known);
    };
}
