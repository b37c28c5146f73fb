// Actors at their capitals, dealings as arcs between them, and the places where acts took place.
import { geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-50m.json";
import codes from "i18n-iso-countries/codes.json";
import type { Actor, Open, Picture, Place } from "./explore";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 960;
const HEIGHT = 480;
// those that the atlas has without a number
const NAMED: Record<string, string> = { XKX: "Kosovo", SOMALILAND: "Somaliland", TRNC: "N. Cyprus" };

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function link(href: string, label: string, mark: SVGElement): SVGElement {
  const made = element("a", { href, "aria-label": label });
  const title = element("title", {});
  title.textContent = label;
  mark.append(title);
  made.append(mark);
  return made;
}

export function drawMap(into: HTMLElement, picture: Picture, open: Open): void {
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const countries = topology.objects.countries;
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
  const path = geoPath(projection);
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", role: "group", "aria-label": "map of the dealings" });
  const pattern = element("pattern", { id: "hatch", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(element("rect", { width: 1.6, height: 4, class: "hatch" }));
  const defs = element("defs", {});
  defs.append(pattern);
  svg.append(defs, element("path", { d: path({ type: "Sphere" }) ?? "", class: "sea" }));
  const numbers = new Map((codes as string[][]).map(([, alpha3, numeric]) => [alpha3, numeric]));
  const told = new Map(picture.actors.map((a) => [numbers.get(a.id) ?? NAMED[a.id] ?? a.id, a]));
  const land = feature(topology, countries).features;
  for (const country of land) {
    const actor = told.get(String(country.id ?? "")) ?? told.get(country.properties.name);
    svg.append(element("path", { d: path(country as GeoPermissibleObjects) ?? "", class: actor ? "land told" : "land" }));
  }
  svg.append(element("path", { d: path(mesh(topology, countries, (a, b) => a !== b)) ?? "", class: "border" }));
  const points = new Map<string, [number, number]>();
  for (const actor of picture.actors) {
    const at = actor.point && projection([actor.point.longitude, actor.point.latitude]);
    if (at) points.set(actor.id, at);
  }
  const names = new Map(picture.actors.map((a) => [a.id, a.name]));
  for (const tie of picture.ties.slice(0, 80)) {
    const [from, to] = [points.get(tie.giver), points.get(tie.taker)];
    if (!from || !to) continue;
    const bend = Math.hypot(to[0] - from[0], to[1] - from[1]) * 0.22;
    const d = `M${from} Q${(from[0] + to[0]) / 2},${(from[1] + to[1]) / 2 - bend} ${to}`;
    const label = `${names.get(tie.giver)} to ${names.get(tie.taker)}: ${tie.lines} lines`;
    const arc = element("path", { d, class: "arc", "stroke-width": 0.8 + Math.log2(tie.lines) * 0.6 });
    svg.append(link(open({ actor: tie.giver, recipient: tie.taker }), label, arc));
  }
  for (const place of picture.places) {
    const at = place.point && projection([place.point.longitude, place.point.latitude]);
    if (at) svg.append(link(`/search?q=${encodeURIComponent(place.text)}`, named(place), spot(place, at)));
  }
  const most = Math.max(1, ...picture.actors.map((a) => a.lines));
  for (const actor of picture.actors) {
    const at = points.get(actor.id);
    if (at) svg.append(link(open({ party: actor.id }), label(actor), dot(actor, at, most)));
  }
  into.replaceChildren(svg);
}

function label(actor: Actor): string {
  const partly = actor.kind === "partly_recognized_state" ? ", partly recognized" : "";
  return `${actor.name}${partly}: ${actor.lines} lines`;
}

function named(place: Place): string {
  return `in ${place.text}: ${place.lines} lines`;
}

function spot(place: Place, at: [number, number]): SVGElement {
  const side = 3 + Math.log2(place.lines);
  const turned = `rotate(45 ${at[0]} ${at[1]})`;
  return element("rect", { x: at[0] - side / 2, y: at[1] - side / 2, width: side, height: side, transform: turned, class: "spot" });
}

function dot(actor: Actor, at: [number, number], most: number): SVGElement {
  const kind = actor.kind === "partly_recognized_state" ? "dot partly" : "dot";
  return element("circle", { cx: at[0], cy: at[1], r: 2.5 + 7 * Math.sqrt(actor.lines / most), class: kind });
}
