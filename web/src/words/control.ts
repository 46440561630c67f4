import { wordTable } from "../base/words";

export const controlWords = wordTable({
    ar: {
        title: "السيطرة",
    },
    en: {
        title: "Control",
    },
});
