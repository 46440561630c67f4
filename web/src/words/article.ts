import { wordTable } from "../base/words";

export const articleWords = wordTable({
    ar: {
        title: "التقرير",
    },
    en: {
        title: "Report",
    },
});
