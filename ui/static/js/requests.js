// What happens when a request from the page does not bring what it should.
(() => {
  "use strict";

  const isPoll = (ctx) => ctx?.sourceElement?.id === "inbox-count";
  const say = (text) => window.guanxi.toast(text, "bad");
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const raw = ctx.response?.raw;
    if (!raw) return;
    if (isPoll(ctx)) {
      if (!raw.ok || raw.redirected) event.preventDefault();
      return;
    }
    if (!ctx.select || raw.status >= 500) return;
    const answer = parse(ctx.text);
    if (answer.querySelector(ctx.select)) return;
    event.preventDefault();
    if (raw.status >= 400) say(answer.querySelector("[data-error] h1")?.textContent ?? document.body.dataset.failed);
    else location.assign(raw.url);
  });

  // Nothing that happens by itself leads away from what somebody is typing, even when the session has ended.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (isPoll(ctx) && ctx.response.status !== 200) event.preventDefault();
    if (ctx.select === "#form-body" && ctx.response.headers.has("HX-Redirect")) {
      event.preventDefault();
      say(document.body.dataset.signedOut);
    }
  });

  // Conditions that are not set stay out of the address.
  document.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = event.detail.ctx;
    if (sourceElement.id !== "list-form") return;
    for (const [name, value] of [...request.body]) if (!value) request.body.delete(name);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "list-form") return;
    const unset = [...event.target.elements].filter((field) => field.name && !field.value && !field.disabled);
    for (const field of unset) field.disabled = true;
    setTimeout(() => { for (const field of unset) field.disabled = false; });
  });

  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (isPoll(ctx) || ctx.response.status < 500) return;
    say(parse(ctx.text).querySelector("[data-error] h1")?.textContent ?? document.body.dataset.failed);
  });

  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (!isPoll(ctx)) say(ctx?.response ? document.body.dataset.failed : document.body.dataset.offline);
  });
})();
