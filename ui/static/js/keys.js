// The keyboard. Keys of a single letter can be switched off; none of them changes anything by itself.
(() => {
  "use strict";
  const STORED = "guanxi.single-keys";
  const AFTER_G_MS = 1200;
  let afterG = 0;

  const singleKeys = () => {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };
  const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
  const focus = (selector) => {
    const element = document.querySelector(selector);
    element?.focus();
    element?.scrollIntoView({ block: "nearest" });
  };
  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-row], .row-link")].filter((row) => row.offsetParent);
    const here = rows.indexOf(document.activeElement);
    const current = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
    const from = here >= 0 ? here : current >= 0 ? current : step > 0 ? -1 : rows.length;
    rows[Math.min(Math.max(from + step, 0), rows.length - 1)]?.focus();
  };
  const single = {
    "/": () => focus("#find"),
    "?": () => document.getElementById("help")?.showModal(),
    e: () => document.querySelector("[data-key-e]")?.click(),
    j: () => move(1),
    k: () => move(-1),
    a: () => focus("[data-key-a]"),
    r: () => focus("[data-key-r]"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") {
      event.preventDefault();
      focus("#find");
      document.getElementById("find")?.select();
      return;
    }
    if (command && event.key === "Enter") {
      const save = document.querySelector("[data-save]");
      if (save && (event.target.closest("form") === save.form || !typing(event.target))) {
        event.preventDefault();
        save.click();
      }
      return;
    }
    if (command || event.altKey || typing(event.target) || !singleKeys()) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (afterG && event.timeStamp - afterG < AFTER_G_MS) {
      afterG = 0;
      document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
    } else if (key === "g") afterG = event.timeStamp;
    else if (single[key]) {
      event.preventDefault();
      single[key]();
    }
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-single-keys]")) return;
    try {
      localStorage.setItem(STORED, event.target.checked ? "on" : "off");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-single-keys]")) box.checked = singleKeys();
  });
})();
