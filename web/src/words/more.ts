import { wordTable } from "../base/words";

export const moreWords = wordTable({
    ar: {
        title: "المزيد",
        version: "مرصد {version}",
    },
    en: {
        title: "More",
        version: "Marsad {version}",
    },
});
