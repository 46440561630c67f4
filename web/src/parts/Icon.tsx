/* Line drawings of 20 × 20, own work. They are ornaments: the words stand beside them. */
const drawings = {
    today: "M4 5.5h12M4 10h12M4 14.5h7",
    map: "M3 5.5l4.7-2 4.6 2 4.7-2v11l-4.7 2-4.6-2-4.7 2zM7.7 3.5v11M12.3 5.5v11",
    control: "M5 17V3.5M5 4h10l-2.2 3L15 10H5",
    truce: "M10 3v14M5 17h10M3.5 9.5L6 4.5l2.5 5a2.6 2.6 0 0 1-5 0zM11.5 9.5l2.5-5 2.5 5a2.6 2.6 0 0 1-5 0zM6 4.5h8",
    export: "M10 3v9M6.5 8.8L10 12.3l3.5-3.5M4 13.5v3h12v-3",
    sources: "M4.5 15.5h.01M4 10.5a5.5 5.5 0 0 1 5.5 5.5M4 5a11 11 0 0 1 11 11",
    more: "M4 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0M9 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0M14 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0",
    bulletins: "M5 3h7l3 3v11H5zM12 3v3h3M7.5 9.500h5M7.5 12.500h5",
    releases: "M4 7l6-3.500L16 7v6.500L10 17l-6-3.500zM4 7l6 3.500L16 7M10 10.500V17",
    actors: "M7 9.500a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.400zM2.5 16c.3-2.7 2-4 4.5-4s4.2 1.3 4.5 4M13 9.300a2.3 2.3 0 1 0 0-4.600M14.2 12c2 .3 3 1.7 3.3 4",
    places: "M10 17s5-5 5-8.700A5 5 0 0 0 5 8.300C5 12 10 17 10 17zM10 10a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600z",
    accounts: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4.5 16.500c.4-3 2.5-4.5 5.5-4.500s5.1 1.5 5.5 4.5",
    settings: "M4 6h7M14 6h2M4 14h2M9 14h7M12.5 4.300v3.400M7.5 12.300v3.4",
    import: "M10 12V3M6.5 6.500L10 3l3.5 3.500M4 13.500v3h12v-3",
} as const;

export type IconName = keyof typeof drawings;

export function Icon(props: { name: IconName }) {
    return (
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={drawings[props.name]} />
        </svg>
    );
}
