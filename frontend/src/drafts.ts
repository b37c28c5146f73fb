// Half-done work is kept in this browser: what is typed into a form with a draft's name, until it is sent.
const PREFIX = "chancery draft ";
type Fields = Record<string, string>;

function key(form: HTMLFormElement): string {
  return PREFIX + (form.dataset.draft ?? "");
}

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  const all = form.querySelectorAll<HTMLInputElement>("input, textarea, select");
  return [...all].filter((field) => field.name && !["hidden", "file", "password"].includes(field.type));
}

export function save(form: HTMLFormElement): void {
  const values: Fields = {};
  for (const field of fields(form)) values[field.name] = field.value;
  try {
    localStorage.setItem(key(form), JSON.stringify(values));
  } catch {
    // a full or forbidden store: the form itself still holds what was typed
  }
  mark(form.closest<HTMLElement>("[data-line]"), true);
}

export function forget(form: HTMLFormElement): void {
  localStorage.removeItem(key(form));
  mark(form.closest<HTMLElement>("[data-line]"), false);
}

function stored(form: HTMLFormElement): Fields | null {
  try {
    return JSON.parse(localStorage.getItem(key(form)) ?? "null") as Fields | null;
  } catch {
    return null;
  }
}

function mark(card: HTMLElement | null, on: boolean): void {
  card?.classList.toggle("has-draft", on);
}

function restore(form: HTMLFormElement): void {
  const values = stored(form);
  if (values === null) return;
  let changed = false;
  for (const field of fields(form)) {
    const value = values[field.name];
    if (value === undefined || value === field.value) continue;
    field.value = value;
    changed = true;
  }
  form.classList.toggle("restored", changed);
}

function restoreAll(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-draft]")) restore(form);
  for (const card of document.querySelectorAll<HTMLElement>("[data-line]")) {
    const names = ["edit", "reject"].map((what) => `${PREFIX}${what} ${card.dataset.line ?? ""}`);
    mark(card, names.some((name) => localStorage.getItem(name) !== null));
  }
}

interface Answered {
  ctx: { response?: { status: number }; sourceElement?: Element };
}

export function keepDrafts(): void {
  restoreAll(document);
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
    if (form) save(form);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-discard]");
    const form = button?.closest<HTMLFormElement>("form[data-draft]");
    if (form) {
      forget(form);
      form.reset();
      form.classList.remove("restored");
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { response, sourceElement } = (event as CustomEvent<Answered>).detail.ctx;
    const form = sourceElement?.closest<HTMLFormElement>("form[data-draft]");
    if (form && response && response.status < 400) forget(form);
  });
  // forms that are sent without htmx lead to another page; it says that they arrived
  const arrived = document.querySelector<HTMLElement>("[data-arrived]")?.dataset.arrived;
  if (arrived) localStorage.removeItem(PREFIX + arrived);
  document.addEventListener("htmx:after:swap", () => restoreAll(document));
}
