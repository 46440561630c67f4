import { wordTable } from "../base/words";

export const todayWords = wordTable({
    ar: {
        title: "اليوم",
    },
    en: {
        title: "Today",
    },
});
