// What changes something brings the page's token back, so that no other site can ask for it.
interface Asked {
  ctx: { request: { headers: Record<string, string>; method: string } };
}

export function sendToken(): void {
  const token = document.querySelector<HTMLMetaElement>('meta[name="token"]')?.content;
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = (event as CustomEvent<Asked>).detail.ctx;
    if (token && request.method !== "GET") request.headers["X-Chancery-Token"] = token;
  });
}
