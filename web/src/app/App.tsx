import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWhere } from "../base/router";
import { useLanguage } from "../base/words";
import type { PageProps } from "./pages";
import { pageAt } from "./pages";

export function App() {
    useLanguage();
    const at = pageAt(useWhere().path);
    const [Shown, show] = useState<ComponentType<PageProps> | null>(null);
    useEffect(() => {
        void at?.page.load().then((module) => show(() => module.default));
    }, [at?.page]);
    return Shown === null ? null : <Shown id={at?.id ?? ""} />;
}
