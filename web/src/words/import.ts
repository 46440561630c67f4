import { wordTable } from "../base/words";

export const importWords = wordTable({
    ar: {
        title: "الاستيراد",
    },
    en: {
        title: "Import",
    },
});
