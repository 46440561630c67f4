import { wordTable } from "../base/words";

export const actorsWords = wordTable({
    ar: {
        title: "الأطراف",
    },
    en: {
        title: "Parties",
    },
});
