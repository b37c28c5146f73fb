// Timeline, network and map of the lines an address asks for; every mark opens its lines.
import { drawMap } from "./map";
import { drawNetwork } from "./network";
import { drawTimeline } from "./timeline";

export interface Moment { year: number; month: number; stage: string; lines: number }
export interface Tie { giver: string; taker: string; lines: number }
export interface Actor {
  id: string; name: string; kind: string; lines: number;
  point: { latitude: number; longitude: number } | null;
}
export interface Place {
  text: string; country: string | null; lines: number;
  point: { latitude: number; longitude: number } | null;
}
export interface Picture { total: number; moments: Moment[]; ties: Tie[]; actors: Actor[]; places: Place[] }

export type Open = (more: Record<string, string | string[]>) => string;

async function draw(root: HTMLElement): Promise<void> {
  const query = new URLSearchParams(root.dataset.explore);
  const open: Open = (more) => {
    const asked = new URLSearchParams(query);
    for (const [name, value] of Object.entries(more)) {
      asked.delete(name);
      for (const each of [value].flat()) asked.append(name, each);
    }
    return `/lines?${asked}`;
  };
  const answer = await fetch(`/api/picture?${query}`);
  if (!answer.ok) return;
  const picture = (await answer.json()) as Picture;
  drawTimeline(document.getElementById("timeline")!, picture, open);
  drawMap(document.getElementById("map")!, picture, open);
  drawNetwork(document.getElementById("network")!, picture, open);
  root.dataset.drawn = "yes";
}

const root = document.querySelector<HTMLElement>("[data-explore]");
if (root) void draw(root);
