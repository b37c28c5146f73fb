// Who deals with whom.
import cytoscape from "cytoscape";
import type { Open, Picture } from "./explore";

const MOST = 60;

export function drawNetwork(into: HTMLElement, picture: Picture, open: Open): void {
  if (!picture.ties.length) {
    into.textContent = "No line has both sides.";
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const actors = picture.actors.slice(0, MOST);
  const known = new Set(actors.map((a) => a.id));
  const most = Math.max(...actors.map((a) => a.lines));
  // the policy refuses the style element that cytoscape would add; desk.css has its rule
  const has = document.createElement("span");
  has.id = "__________cytoscape_stylesheet";
  has.hidden = true;
  document.body.append(has);
  const graph = cytoscape({
    container: into,
    userZoomingEnabled: false,
    elements: [
      ...actors.map((a) => ({ data: { id: a.id, name: a.name, size: 10 + 26 * Math.sqrt(a.lines / most), partly: a.kind === "partly_recognized_state" ? 1 : 0 } })),
      ...picture.ties
        .filter((t) => known.has(t.giver) && known.has(t.taker))
        .map((t) => ({ data: { source: t.giver, target: t.taker, width: 1 + Math.log2(t.lines) } })),
    ],
    style: [
      {
        selector: "node",
        style: {
          label: "data(name)", width: "data(size)", height: "data(size)", "background-color": colour("link"),
          color: colour("ink"), "font-size": 11, "text-valign": "bottom", "text-margin-y": 3,
          "text-outline-color": colour("paper"), "text-outline-width": 2,
        },
      },
      { selector: "node[partly = 1]", style: { "background-color": colour("paper"), "border-color": colour("link"), "border-width": 2, "border-style": "dashed" } },
      { selector: "edge", style: { width: "data(width)", "line-color": colour("faint"), opacity: 0.45, "target-arrow-color": colour("faint"), "target-arrow-shape": "triangle", "curve-style": "bezier", "arrow-scale": 0.8 } },
    ],
    layout: { name: "cose", animate: false, randomize: true, nodeRepulsion: () => 60_000, idealEdgeLength: () => 130, nodeOverlap: 30, componentSpacing: 60, padding: 24 },
  });
  // laying out may have zoomed out; words stay readable
  const size = 12 / graph.zoom();
  graph.nodes().style({ "font-size": size, "text-outline-width": size / 6, "text-wrap": "ellipsis", "text-max-width": `${11 * size}` });
  graph.on("tap", "node", (event) => location.assign(open({ party: String(event.target.id()) })));
  graph.on("tap", "edge", (event) =>
    location.assign(open({ actor: String(event.target.data("source")), recipient: String(event.target.data("target")) })),
  );
}
