import { wordTable } from "../base/words";

export const accountsWords = wordTable({
    ar: {
        title: "الحسابات",
    },
    en: {
        title: "Accounts",
    },
});
