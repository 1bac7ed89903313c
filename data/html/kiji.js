"use strict";
// The page can be read without this. It lights up the mentions of a name, filters quotes by speaker, and searches lists.
(() => {
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));
  document.documentElement.classList.add("js");

  function light(doc, entity) {
    const on = doc.dataset.lit !== entity;
    doc.dataset.lit = on ? entity : "";
    for (const mark of all(doc, ".m")) mark.classList.toggle("lit", on && mark.dataset.e === entity);
    for (const tag of all(doc, ".tag[data-e]")) tag.setAttribute("aria-pressed", String(on && tag.dataset.e === entity));
    const item = on && all(doc, "aside li[data-e]").find((li) => li.dataset.e === entity);
    if (item) item.scrollIntoView({ block: "nearest" });
  }

  function listQuotes(doc, entity, name) {
    const on = entity !== "" && doc.dataset.speaker !== entity;
    doc.dataset.speaker = on ? entity : "";
    let shown = 0;
    for (const quote of all(doc, ".quotes > li")) {
      quote.hidden = on && quote.dataset.e !== entity;
      shown += !quote.hidden;
    }
    const status = doc.querySelector(".status");
    if (!status) return;
    status.querySelector("span").textContent = on ? `${name}の発言 ${shown}件 ` : "";
    status.querySelector("button").hidden = !on;
    if (on) doc.querySelector(".quotes").scrollIntoView({ block: "nearest" });
  }

  for (const doc of all(document, ".doc")) {
    for (const tag of all(doc, ".tag[data-e]")) {
      tag.setAttribute("role", "button");
      tag.setAttribute("aria-pressed", "false");
    }
    doc.addEventListener("click", (event) => {
      const at = event.target.closest("a, button");
      if (!at) return;
      if (at.matches(".m, .tag[data-e]")) {
        event.preventDefault();
        light(doc, at.dataset.e);
      } else if (at.matches(".speaker")) {
        event.preventDefault();
        listQuotes(doc, at.dataset.e, at.textContent);
      } else if (at.matches(".status button")) {
        listQuotes(doc, "", "");
      }
    });
    doc.addEventListener("keydown", (event) => {
      if (event.key === " " && event.target.matches("[role=button]")) {
        event.preventDefault();
        event.target.click();
      } else if (event.key === "Escape" && doc.dataset.lit) {
        light(doc, doc.dataset.lit);
      }
    });
  }

  for (const box of all(document, "input[type=search]")) {
    const count = document.getElementById(box.getAttribute("aria-describedby"));
    const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s・＝=]/g, "");
    const items = all(document, "[data-find]").map((item) => ({ item, text: plain(item.dataset.find) }));
    const search = () => {
      const words = box.value.split(/\s+/).map(plain).filter(Boolean);
      let shown = 0;
      for (const { item, text } of items) {
        const hidden = !words.every((word) => text.includes(word));
        if (item.hidden !== hidden) item.hidden = hidden;
        shown += !hidden;
      }
      count.textContent = `${shown}件`;
    };
    box.addEventListener("input", search);
    search();
  }
})();
