import { render } from "preact";
import { App } from "./app/App";
import { beginKeys } from "./base/keys";
import { beginRouter } from "./base/router";
import { beginLanguage } from "./base/words";
import "./style/index.css";

beginLanguage();
beginRouter();
beginKeys();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
