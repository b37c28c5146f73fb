// The script of every page: htmx for parts of pages, and the islands.
import "htmx.org";
import "./desk.css";
import { keepDrafts } from "./drafts";
import { takeFiles } from "./drop";
import { takeKeys } from "./keys";
import { lightLines } from "./report";
import { takeSelection } from "./selecting";
import { sendToken } from "./token";

sendToken();
keepDrafts();
takeFiles();
lightLines();
takeSelection();
takeKeys();
