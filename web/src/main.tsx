import { render } from "preact";
import { App } from "./app/App";
import { pageAt } from "./app/pages";
import { beginKeys } from "./base/keys";
import { beginRouter, where } from "./base/router";
import { beginLanguage } from "./base/words";
import "./style/index.css";

beginLanguage();
beginRouter();
beginKeys();
// The page's code comes while the server is asked who is there; if it does not, the frame tells so when it asks again.
pageAt(where().path)?.page.load().catch(() => undefined);
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
