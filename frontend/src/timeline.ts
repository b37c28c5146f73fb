// Lines by month and stage.
import * as Plot from "@observablehq/plot";
import type { Open, Picture } from "./explore";

const STAGES = ["done", "ahead", "sought", "refused"];

export function drawTimeline(into: HTMLElement, picture: Picture, open: Open): void {
  if (!picture.moments.length) {
    into.textContent = "No line has a day.";
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const years = picture.moments.map((m) => m.year);
  const byYear = Math.max(...years) - Math.min(...years) > 12;
  const unit = byYear ? "year" : "month";
  const rows = picture.moments.map((m) => ({ ...m, at: new Date(Date.UTC(m.year, byYear ? 0 : m.month - 1, 1)) }));
  const day = (at: Date, later: number) => {
    const end = byYear ? Date.UTC(at.getUTCFullYear() + later, 0, 1) : Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later, 1);
    return new Date(end - (later ? 86_400_000 : 0)).toISOString().slice(0, 10);
  };
  const href = (m: { at: Date }) => open({ since: day(m.at, 0), until: day(m.at, 1) });
  const plot = Plot.plot({
    width: Math.max(into.clientWidth, 320),
    height: 200,
    marginLeft: 36,
    x: { type: "utc", label: null },
    y: { label: "lines", grid: true, tickFormat: "d" },
    color: { domain: STAGES, range: STAGES.map(colour), legend: true },
    ariaLabel: `lines by ${unit} and stage`,
    marks: [
      Plot.rectY(rows, Plot.binX({ y: "sum", href: "first" } as object, {
        x: "at", y: "lines", fill: "stage", interval: unit, href, order: STAGES, title: (m: { stage: string }) => m.stage,
      } as object)),
      Plot.ruleY([0]),
    ],
  });
  // its own style element would be refused by the page's policy; desk.css has the same
  for (const element of plot.querySelectorAll("style")) element.remove();
  // groups without a role may not have a label
  for (const group of plot.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  into.replaceChildren(plot);
}
