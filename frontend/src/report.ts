// A report's words and its lines light up together, whichever is pointed at or reached by key.
const ROLES = ["act", "by", "to", "says", "when", "where", "sum", "goods"];

export function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("article[data-line]")];
}

// The line chosen last, by its id: its card may be replaced at any time
let chosen = "";

function cardOf(line: string): HTMLElement | null {
  return line ? document.querySelector<HTMLElement>(`article[data-line="${CSS.escape(line)}"]`) : null;
}

export function current(): HTMLElement | null {
  return cardOf(chosen);
}

function parts(line: string): [HTMLElement, string][] {
  const found: [HTMLElement, string][] = [];
  for (const element of document.querySelectorAll<HTMLElement>(`[data-m~="${CSS.escape(line)}:in"], [data-m*="${CSS.escape(line)}:"]`)) {
    for (const told of (element.dataset.m ?? "").split(" ")) {
      const at = told.lastIndexOf(":");
      if (told.slice(0, at) === line) found.push([element, told.slice(at + 1)]);
    }
  }
  return found;
}

function clear(): void {
  for (const element of document.querySelectorAll<HTMLElement>(".lit")) {
    element.classList.remove("lit", "lit-in", ...ROLES.map((role) => `lit-${role}`));
  }
}

function light(lines: string[]): void {
  clear();
  document.body.classList.toggle("lighting", lines.length > 0);
  for (const line of lines) {
    cardOf(line)?.classList.add("lit");
    for (const [element, role] of parts(line)) element.classList.add("lit", `lit-${role}`);
  }
}

function relight(): void {
  const line = current()?.dataset.line;
  light(line ? [line] : []);
}

export function choose(card: HTMLElement, options: { focus?: boolean; text?: boolean } = {}): void {
  for (const other of document.querySelectorAll("article.current")) other.classList.remove("current");
  card.classList.add("current");
  chosen = card.dataset.line ?? "";
  if (options.focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  relight();
  if (!options.text) return;
  const word = parts(card.dataset.line ?? "").find(([, role]) => role === "act")?.[0];
  word?.scrollIntoView({ block: "nearest" });
}

function linesAt(target: EventTarget | null): string[] {
  const marked = (target as Element | null)?.closest?.<HTMLElement>("[data-m]");
  const told = (marked?.dataset.m ?? "").split(" ").filter((each) => each && !each.endsWith(":in"));
  return [...new Set(told.map((each) => each.slice(0, each.lastIndexOf(":"))))];
}

// The line that the address names; a percent sign in it may stand for nothing.
function anchor(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

export function lightLines(): void {
  const sheet = document.querySelector<HTMLElement>(".sheet");
  if (!sheet) return;
  sheet.addEventListener("pointerover", (event) => {
    const card = (event.target as Element).closest<HTMLElement>("article[data-line]");
    const lines = card ? [card.dataset.line ?? ""] : linesAt(event.target);
    if (lines.length) light(lines);
    else relight();
  });
  sheet.addEventListener("pointerleave", relight);
  // While a button is held down nothing may scroll: it would be let go beside what it was pressed on
  let held = false;
  document.addEventListener("pointerdown", () => (held = true), { capture: true });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => (held = false), { capture: true });
  }
  sheet.addEventListener("focusin", (event) => {
    if (held) return;
    const card = (event.target as Element).closest<HTMLElement>("article[data-line]");
    if (card && card !== current()) choose(card, { text: true });
    const lines = card ? [] : linesAt(event.target);
    if (lines.length) light(lines);
  });
  sheet.addEventListener("click", (event) => {
    const selected = window.getSelection();
    if (selected && !selected.isCollapsed) return;
    const card = (event.target as Element).closest<HTMLElement>("article[data-line]");
    if (card) {
      choose(card, { text: true });
      return;
    }
    const found = cardOf(linesAt(event.target)[0] ?? "");
    if (found) {
      event.preventDefault();
      choose(found);
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    const card = current();
    const replaced = card && !card.classList.contains("current");
    if (replaced) choose(card, { focus: document.activeElement === document.body });
    relight();
  });
  const first = cardOf(anchor());
  if (first) choose(first, { focus: true, text: true });
}
