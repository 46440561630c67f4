import { wordTable } from "../base/words";

export const releasesWords = wordTable({
    ar: {
        title: "الإصدارات",
    },
    en: {
        title: "Releases",
    },
});
