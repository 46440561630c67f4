/* All pages: their addresses and where their code is. Each is loaded when it is first opened. */
import type { ComponentType } from "preact";

export interface PageProps {
    id: string; // of /incident/ID, /article/ID …; "" for pages without
}

export interface Page {
    name: PageName;
    path: string; // "/incident/" takes what follows as the id
    load: () => Promise<{ default: ComponentType<PageProps> }>;
}

export type PageName =
    | "today" | "map" | "control" | "article" | "incident" | "truce" | "bulletins" | "export" | "releases" | "sources" | "actors" | "places"
    | "accounts" | "settings" | "import" | "more";

export const pages: readonly Page[] = [
    { name: "today", path: "/", load: () => import("../pages/today") },
    { name: "map", path: "/map", load: () => import("../pages/map") },
    { name: "control", path: "/control", load: () => import("../pages/control") },
    { name: "article", path: "/article/", load: () => import("../pages/article") },
    { name: "incident", path: "/incident/", load: () => import("../pages/incident") },
    { name: "truce", path: "/truce", load: () => import("../pages/truce") },
    { name: "bulletins", path: "/bulletins", load: () => import("../pages/bulletins") },
    { name: "bulletins", path: "/bulletins/", load: () => import("../pages/bulletins") },
    { name: "export", path: "/export", load: () => import("../pages/export") },
    { name: "releases", path: "/releases", load: () => import("../pages/releases") },
    { name: "sources", path: "/sources", load: () => import("../pages/sources") },
    { name: "actors", path: "/actors", load: () => import("../pages/actors") },
    { name: "places", path: "/places", load: () => import("../pages/places") },
    { name: "accounts", path: "/accounts", load: () => import("../pages/accounts") },
    { name: "settings", path: "/settings", load: () => import("../pages/settings") },
    { name: "import", path: "/import", load: () => import("../pages/import") },
    { name: "more", path: "/more", load: () => import("../pages/more") },
];

/* The page at an address, with the id that the address names. */
export function pageAt(path: string): { page: Page; id: string } | null {
    for (const page of pages) {
        const takesId = page.path.length > 1 && page.path.endsWith("/");
        if (!takesId && (page.path === path || `${page.path}/` === path)) return { page, id: "" };
        if (takesId && path.startsWith(page.path)) {
            const id = /^[\w.-]+$/.exec(path.slice(page.path.length))?.[0];
            if (id !== undefined) return { page, id };
        }
    }
    return null;
}
