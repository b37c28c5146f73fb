// The script of every page: htmx for parts of pages, and the islands.
import htmx from "htmx.org";
import "./desk.css";
import { keepDrafts } from "./drafts";
import { takeFiles } from "./drop";
import { takeKeys } from "./keys";
import { lightLines } from "./report";
import { takeSelection } from "./selecting";
import { sendToken } from "./token";

// htmx would take up the page in a task of its own, later than keys are taken: what is pressed or clicked
// between would be lost
htmx.process(document.body);
sendToken();
keepDrafts();
takeFiles();
lightLines();
takeSelection();
takeKeys();
