import { wordTable } from "../base/words";

export const sourcesWords = wordTable({
    ar: {
        title: "المصادر",
    },
    en: {
        title: "Sources",
    },
});
