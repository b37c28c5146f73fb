// Keys: j and k from line to line, n to the next doubtful one, a, e and r to judge, / to search, ? for help.
import { cards, choose, current } from "./report";

function step(by: number): void {
  const all = cards();
  const now = current();
  const at = now ? all.indexOf(now) + by : by > 0 ? 0 : all.length - 1;
  const next = all[Math.min(Math.max(at, 0), all.length - 1)];
  if (next) choose(next, { focus: true, text: true });
}

function nextDoubtful(): void {
  const all = cards();
  const now = current();
  const from = now ? all.indexOf(now) + 1 : 0;
  const order = [...all.slice(from), ...all.slice(0, from)];
  const next = order.find((card) => card.classList.contains("doubtful") && card !== now);
  if (next) choose(next, { focus: true, text: true });
  else document.querySelector<HTMLAnchorElement>("a[data-next-report]")?.focus();
}

function press(what: string): void {
  current()?.querySelector<HTMLButtonElement>(`button[data-key="${what}"]`)?.click();
}

function help(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (dialog?.open) dialog.close();
  else dialog?.showModal();
}

const KEYS: Record<string, () => void> = {
  j: () => step(1),
  k: () => step(-1),
  n: nextDoubtful,
  a: () => press("a"),
  e: () => press("e"),
  r: () => press("r"),
  "/": () => document.querySelector<HTMLInputElement>("input#search")?.focus(),
  "?": help,
};

function close(target: Element): void {
  const card = target.closest<HTMLElement>("article[data-line]") ?? current();
  const slot = card?.querySelector(".slot");
  if (slot?.hasChildNodes()) {
    slot.replaceChildren();
    card?.focus();
  }
}

// What is typed while a line's form is on its way is meant for the form; null where none is.
let ahead: string | null = null;

interface Asking {
  ctx: { sourceElement?: Element };
}

function takeForms(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement } = (event as CustomEvent<Asking>).detail.ctx;
    if (sourceElement?.matches('button[data-key="e"], button[data-key="r"]')) ahead = "";
  });
  document.addEventListener("htmx:after:settle", (event) => {
    // only the form that came now: another one may be open on another line
    const slot = event.target as Element;
    if (!slot.matches(".slot") || slot.contains(document.activeElement)) return;
    const field = slot.querySelector<HTMLElement>("form [data-first]");
    field?.focus();
    if (!ahead || !(field instanceof HTMLInputElement)) return;
    field.value += ahead;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:finally:request", () => {
    ahead = null;
  });
}

export function takeKeys(): void {
  takeForms();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape") close(target);
    if (target.closest("input, textarea, select, dialog[open]") || target.isContentEditable) return;
    if (ahead !== null) {
      if (event.key.length !== 1) return;
      ahead += event.key;
      event.preventDefault();
      return;
    }
    const act = KEYS[event.key];
    if (!act || (event.repeat && "aer".includes(event.key))) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-help]")) help();
    if (target.closest("[data-close]")) close(target);
  });
}
