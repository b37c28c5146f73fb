// Words selected in a report's text become the trigger of a line that the reader missed.

// Offsets count characters of the text as the server does: code points, not the browser's units.
function length(words: string): number {
  let count = 0;
  for (const _ of words) count += 1;
  return count;
}

function offset(text: HTMLElement, node: Node, at: number): number {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(node, at);
  return length(before.toString());
}

export function takeSelection(): void {
  const text = document.querySelector<HTMLElement>(".text[data-selectable]");
  const form = document.querySelector<HTMLFormElement>("form#add");
  if (!text || !form) return;
  const field = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const shown = form.querySelector<HTMLElement>("[data-words]");
  document.addEventListener("selectionchange", () => {
    const chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const words = range.toString();
    const left = length(words) - length(words.trimStart());
    const start = offset(text, range.startContainer, range.startOffset) + left;
    const [from, to] = [field("start"), field("end")];
    if (!words.trim() || !from || !to || !shown) return;
    from.value = String(start);
    to.value = String(start + length(words.trim()));
    shown.textContent = words.trim().slice(0, 200);
    form.hidden = false;
  });
  form.querySelector("[data-cancel]")?.addEventListener("click", () => {
    form.hidden = true;
    window.getSelection()?.removeAllRanges();
  });
}
