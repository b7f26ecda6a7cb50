// "Why?" opens its page in a dialog; without JavaScript, or when that fails, the link leads to the page.
(() => {
  "use strict";

  const open = async (link) => {
    let page;
    try {
      const reply = await fetch(link.href);
      page = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("why");
    } catch {
      page = null;
    }
    if (!page) return void location.assign(link.href);
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.setAttribute("aria-labelledby", "why-title");
    const close = document.getElementById("help").querySelector("form[method=dialog]").cloneNode(true);
    page.querySelector(".card-head").append(close);
    dialog.append(...page.childNodes);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-why]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
})();
