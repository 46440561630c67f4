import { wordTable } from "../base/words";

export const exportWords = wordTable({
    ar: {
        title: "التصدير",
    },
    en: {
        title: "Export",
    },
});
