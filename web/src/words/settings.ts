import { wordTable } from "../base/words";

export const settingsWords = wordTable({
    ar: {
        title: "الإعدادات",
    },
    en: {
        title: "Settings",
    },
});
