/* Tabs whose choice stands in the address: each is a link. */
import { href, useWhere } from "../base/router";

export interface Tab {
    name: string; // in the address; the first tab's is left out
    title: string;
    count?: number;
}

export function Tabs(props: { label: string; tabs: readonly Tab[]; field?: string }) {
    const at = useWhere();
    const field = props.field ?? "tab";
    const chosen = at.query.get(field) ?? props.tabs[0]?.name;
    return (
        <nav class="tabs" aria-label={props.label}>
            {props.tabs.map((tab, index) => (
                <a
                    key={tab.name}
                    href={href(at.path, { ...Object.fromEntries(at.query), [field]: index === 0 ? null : tab.name })}
                    aria-current={tab.name === chosen ? "page" : undefined}
                >
                    {tab.title}
                    {tab.count !== undefined && <span class="count">{tab.count}</span>}
                </a>
            ))}
        </nav>
    );
}

/* Which tab the address names. */
export function useTab(tabs: readonly Tab[], field = "tab"): string {
    const asked = useWhere().query.get(field);
    return tabs.find((tab) => tab.name === asked)?.name ?? tabs[0]?.name ?? "";
}
