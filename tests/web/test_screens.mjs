// Every screen, in both languages and at both widths: no error, no other host, no grave fault of accessibility, nothing beside the window.
import { journey } from "./lib/journeys.mjs";
import { newReader } from "./lib/reader.mjs";

const incidentOf = (/** @type {import("./lib/office.mjs").Office} */ office) => office.rows("queue")[0];

journey("screens of the team", async (office, view) => {
    const reader = await newReader({ office, ...view });
    await reader.open("/");
    await reader.speak();
    await reader.isGood("login");
    await reader.looksAsKept("login", ".gate-box");
    await reader.login("amal");
    const incident = incidentOf(office);
    const record = office.rows("records", "--id", incident.id)[0];
    const screens = {
        today: "/?since=all",
        map: "/map",
        "map-control": "/map?control=1",
        control: "/control",
        incident: `/incident/${incident.id}`,
        article: `/article/${record.article}?record=${record.id}`,
        truce: "/truce?agreement=calm-aleppo-2016-05&from=2016-05-05&to=2016-05-12",
        "truce-candidates": "/truce?tab=candidates&agreement=calm-aleppo-2016-05&from=2016-05-05&to=2016-05-12",
        "truce-terms": "/truce?tab=terms&agreement=calm-aleppo-2016-05",
        "truce-bulletin": "/truce?tab=bulletin&agreement=calm-aleppo-2016-05&from=2016-05-06&to=2016-05-06",
        bulletins: "/bulletins",
        export: "/export?format=csv,geojson",
        releases: "/releases",
        sources: "/sources",
        actors: "/actors",
        places: "/places",
        settings: "/settings",
        import: "/import",
        more: "/more",
        accounts: "/accounts",
        "not-found": "/nothing",
    };
    for (const [name, path] of Object.entries(screens)) {
        await reader.open(path);
        await reader.isGood(name);
        if (name === "today") await reader.looksAsKept("today-intake", "section.sheet");
        if (name === "map") await reader.looksAsKept("map-key", ".map-key");
        if (name === "truce") await reader.looksAsKept("truce-board", "main table");
    }
    await reader.end();
});
