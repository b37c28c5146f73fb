// Files dropped anywhere on a page with a form for them are put into it.
export function takeFiles(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-takes-files]");
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
  if (!form || !input) return;
  const over = (on: boolean) => form.classList.toggle("over", on);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) over(false);
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    over(false);
    input.files = event.dataTransfer.files;
    input.focus();
  });
}
