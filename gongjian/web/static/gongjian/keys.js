/* Keys, ticked rows and what is done to many at once */
(function () {
  "use strict";
  const { $, $$, on, start, word } = window.gongjian;
  const typing = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog[open]");
  const rows = () =>
    $$("[data-row], [data-rows] > tbody > tr").filter(
      (row) => row.offsetParent !== null || row.getClientRects().length,
    );
  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("current"));
    const first = Math.max(
      0,
      all.findIndex((row) => $("[data-act]", row)),
    );
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? first : at + by))];
    all.forEach((row) => row.classList.toggle("current", row === next));
    next.scrollIntoView({ block: "nearest" });
  }
  const current = () => rows().find((row) => row.classList.contains("current"));
  const TICK = "[data-tick], [data-rows] td.tick input[type=checkbox]";
  const keys = {
    "/": () => {
      const box = $("[data-search]") || $("[data-filters] input[name=q]");
      if (box) {
        box.focus();
        box.select();
      }
    },
    f: () => {
      const box = $("[data-filters] input[name=q]");
      if (box) {
        box.focus();
        box.select();
      }
    },
    c: () => {
      const create = $("[data-create]");
      if (create) create.click();
    },
    j: () => step(1),
    k: () => step(-1),
    x: () => {
      const box = current() && $(TICK, current());
      if (box) {
        box.click();
      }
    },
    Enter: () => {
      const row = current();
      const link = row && ($("[data-act]", row) || $("a[href]", row));
      if (row && row.dataset.href) location.assign(row.dataset.href);
      else if (link) link.click();
    },
    o: () => {
      const row = current();
      const link = row && $("a[href]", row);
      if (row && row.dataset.href) location.assign(row.dataset.href);
      else if (link) link.click();
    },
    "?": showKeys,
  };
  /* Letters of a page: data-key="h" on a button or link, in the current row or, without a row, once on the page. */
  const own = (key) => {
    const css = '[data-key="' + key + '"]';
    const found =
      (current() && $(css, current())) || $$(css).find((one) => !one.closest("[data-row], [data-rows]"));
    if (found) found.click();
    return Boolean(found);
  };
  function showKeys() {
    const sheet = $("#keys");
    if (sheet && sheet.showModal && !sheet.open) sheet.showModal();
  }
  /* A key that is meant for something else: an input method, a shortcut of the browser, a field, a link. */
  const taken = (event) =>
    event.isComposing ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    typing(event.target) ||
    (event.key === "Enter" && event.target !== document.body && event.target.closest("a, button, summary"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") $$("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    if (taken(event)) return;
    if (/^[a-z]$/.test(event.key) && own(event.key)) {
      event.preventDefault();
      return;
    }
    const act = keys[event.key];
    if (act && (event.key.length === 1 || current())) {
      event.preventDefault();
      act();
    }
  });
  on("click", "[data-keys]", showKeys);
  document.addEventListener("click", (event) => {
    $$("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });

  /* Ticked rows and the bar of bulk actions */
  function countTicks() {
    const boxes = $$(TICK);
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => {
      const row = box.closest("tr, [data-row]");
      if (row) row.classList.toggle("selected", box.checked);
    });
    $$("[data-bulk-bar], [data-bulk]:not(form)").forEach((bar) => {
      bar.hidden = ticked.length === 0;
    });
    $$("[data-bulk-count]").forEach((place) => {
      place.textContent = word("selected").replace("0", ticked.length);
    });
    $$("[data-tick-all]").forEach((all) => {
      all.checked = boxes.length > 0 && ticked.length === boxes.length;
      all.indeterminate = ticked.length > 0 && !all.checked;
    });
  }
  on("change", TICK, countTicks);
  on("change", "[data-tick-all]", (event, all) => {
    $$(TICK).forEach((box) => {
      box.checked = all.checked;
    });
    countTicks();
  });

  start(countTicks);
})();
