import { wordTable } from "../base/words";

export const bulletinsWords = wordTable({
    ar: {
        title: "النشرات",
    },
    en: {
        title: "Bulletins",
    },
});
