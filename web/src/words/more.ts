import { wordTable } from "../base/words";

export const moreWords = wordTable({
    ar: {
        title: "المزيد",
    },
    en: {
        title: "More",
    },
});
