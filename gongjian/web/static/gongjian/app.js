/* Comfort on top of pages that work without it. No dependency but htmx; nothing is evaluated; runs on Chromium 92. */
(function () {
  "use strict";
  const root = document.documentElement;
  const script = document.currentScript;
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch (e) { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch (e) { /* private mode: no drafts */ } },
    drop(key) { try { localStorage.removeItem(key); } catch (e) { /* nothing kept */ } },
    keys() { try { return Object.keys(localStorage); } catch (e) { return []; } },
  };
  const $ = (css, from) => (from || document).querySelector(css);
  const $$ = (css, from) => Array.from((from || document).querySelectorAll(css));
  const word = (name) => { const words = $("#words"); return words ? words.dataset[name] || "" : ""; };
  const on = (name, css, act) => document.addEventListener(name, (event) => {
    const found = event.target instanceof Element && event.target.closest(css);
    if (found) act(event, found);
  });
  root.classList.add("js");
  if (store.get("gongjian.folded") === "1") root.classList.add("folded");

  function toast(text, tone, action) {
    const place = $("#toasts");
    if (!place) return;
    const line = document.createElement("div");
    line.className = "toast-line toast-" + (tone || "info");
    line.setAttribute("role", "status");
    const span = document.createElement("span");
    span.textContent = text;
    line.append(span);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-plain";
      button.textContent = action.text;
      button.addEventListener("click", () => { action.act(); line.remove(); });
      line.append(button);
    } else {
      setTimeout(() => line.remove(), 6000);
    }
    place.append(line);
  }

  /* Filters: send when a choice changes, or when typing rests; never while an input method is composing. */
  const REST = 300;
  const timers = new WeakMap();
  const send = (form) => form.hasAttribute("hx-get") && window.htmx
    ? form.dispatchEvent(new Event("filter", { bubbles: false }))
    : form.requestSubmit();
  const later = (form) => { clearTimeout(timers.get(form)); timers.set(form, setTimeout(() => send(form), REST)); };
  const isText = (field) => field.matches("input[type=search], input[type=text], input:not([type])") && !field.closest("[data-pick]");
  const remember = (field) => { const same = field.dataset.sent === field.value; field.dataset.sent = field.value; return same; };
  on("input", "[data-filters]", (event, form) => {
    if (event.isComposing || !isText(event.target)) return;
    if (!remember(event.target)) later(form);
  });
  on("compositionend", "[data-filters]", (event, form) => { if (isText(event.target) && !remember(event.target)) later(form); });
  on("change", "[data-filters]", (event, form) => { if (!isText(event.target)) send(form); });
  on("submit", "[data-filters]", (event, form) => clearTimeout(timers.get(form)));
  document.addEventListener("htmx:config:request", (event) => {
    const ctx = event.detail && event.detail.ctx;
    const form = ctx && ctx.sourceElement;
    const body = ctx && ctx.request && ctx.request.body;
    if (!form || !form.matches || !form.matches("[data-filters]") || !(body instanceof FormData)) return;
    Array.from(body.entries()).forEach(([name, value]) => { if (value === "") body.delete(name); });
  });

  /* Live: a form marked data-live is asked about while one types or moves a slider; never while an input method is composing. */
  const stir = (form) => { clearTimeout(timers.get(form)); timers.set(form, setTimeout(() => form.dispatchEvent(new Event("live", { bubbles: false })), REST)); };
  on("input", "form[data-live]", (event, form) => { if (!event.isComposing) stir(form); });
  on("change", "form[data-live]", (event, form) => stir(form));
  on("compositionend", "form[data-live]", (event, form) => stir(form));
  on("input", "[data-show]", (event, field) => { const place = $(field.dataset.show); if (place) place.textContent = field.value; });

  /* Drafts: a form marked data-autosave="key" keeps its values until it was taken. */
  const draftKey = (form) => "gongjian.draft." + (document.body.dataset.account || "0") + "." + location.pathname + "." + form.dataset.autosave;
  const kept = (form) => Array.from(form.elements).filter((f) =>
    f.name && f.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button"].includes(f.type) && !f.closest("[data-pick] .pick-chosen"));
  const read = (form) => kept(form).map((f) => [f.name, ["checkbox", "radio"].includes(f.type) ? f.value + "\u0000" + f.checked
    : f.multiple ? JSON.stringify(Array.from(f.selectedOptions, (o) => o.value)) : f.value]);
  function write(form, values) {
    const fields = kept(form);
    values.forEach(([name, value]) => {
      const box = fields.find((f) => f.name === name && ["checkbox", "radio"].includes(f.type) && value.startsWith(f.value + "\u0000"));
      if (box) { box.checked = value.endsWith("\u0000true"); return; }
      const field = fields.find((f) => f.name === name && !["checkbox", "radio", "hidden"].includes(f.type));
      if (!field) return;
      if (field.multiple) { const chosen = JSON.parse(value); Array.from(field.options).forEach((o) => { o.selected = chosen.includes(o.value); }); }
      else field.value = value;
    });
    form.dispatchEvent(new Event("restored", { bubbles: true }));
  }
  const fresh = new WeakMap();
  function startDraft(form) {
    if (fresh.has(form)) return;
    const now = JSON.stringify(read(form));
    fresh.set(form, now);
    const saved = store.get(draftKey(form));
    if (!saved || saved === now || $("[data-errors]", form)) return;
    write(form, JSON.parse(saved));
    toast(word("restored"), "info", { text: word("discard"), act() { store.drop(draftKey(form)); write(form, JSON.parse(now)); } });
  }
  const saveDraft = (form) => { const now = JSON.stringify(read(form)); if (now === fresh.get(form)) store.drop(draftKey(form)); else store.set(draftKey(form), now); };
  on("input", "form[data-autosave]", (event, form) => { clearTimeout(timers.get(form)); timers.set(form, setTimeout(() => saveDraft(form), 400)); });
  on("change", "form[data-autosave]", (event, form) => saveDraft(form));
  on("submit", "form[data-autosave]", (event, form) => {
    saveDraft(form);
    clearTimeout(timers.get(form));
    store.set("gongjian.sent", draftKey(form) + "\n" + location.pathname);
  });
  /* A page without errors on it says that what was sent has been taken. */
  function forgetSent() {
    const sent = store.get("gongjian.sent");
    if (!sent) return;
    const taken = !$("[data-errors]") && !$(".failure-sentence") && !$("input[type=password]");
    if (taken) store.drop(sent.split("\n")[0]);
    if (taken || $("[data-errors]")) store.drop("gongjian.sent");
  }

  /* Leaving a form that holds something not sent. */
  let leaving = false;
  document.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 3000); }, true);
  window.addEventListener("beforeunload", (event) => {
    const open = $$("form[data-leave]").some((form) => fresh.has(form) && fresh.get(form) !== JSON.stringify(read(form)));
    if (open && !leaving) { event.preventDefault(); event.returnValue = ""; }
  });
  /* One press, one request. */
  on("submit", "form[method=post]", (event, form) => {
    if (event.defaultPrevented || form.matches("[hx-post]")) return;
    const large = $$("input[type=file][data-max]", form).find((f) => Array.from(f.files).some((file) => file.size > Number(f.dataset.max)));
    if (large) { event.preventDefault(); toast(word("large"), "error"); large.focus(); return; }
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = "1";
    setTimeout(() => { delete form.dataset.busy; }, 4000);
  });

  /* Keys */
  const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog[open]");
  const rows = () => $$("[data-row], [data-rows] > tbody > tr").filter((row) => row.offsetParent !== null || row.getClientRects().length);
  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("current"));
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    all.forEach((row) => row.classList.toggle("current", row === next));
    next.scrollIntoView({ block: "nearest" });
  }
  const current = () => rows().find((row) => row.classList.contains("current"));
  const TICK = "[data-tick], [data-rows] td.tick input[type=checkbox]";
  const keys = {
    "/": () => { const box = $("[data-filters] input[name=q]") || $("[data-search]"); if (box) { box.focus(); box.select(); } },
    c: () => { const create = $("[data-create]"); if (create) create.click(); },
    j: () => step(1),
    k: () => step(-1),
    x: () => { const box = current() && $(TICK, current()); if (box) { box.click(); } },
    Enter: () => {
      const row = current();
      const link = row && $("a[href]", row);
      if (row && row.dataset.href) location.assign(row.dataset.href);
      else if (link) link.click();
    },
    o: () => keys.Enter(),
    "?": showKeys,
  };
  /* Letters of a page: data-key="h" on a button or link, in the current row or, without a row, once on the page. */
  const own = (key) => {
    const css = '[data-key="' + key + '"]';
    const found = (current() && $(css, current())) || $$(css).find((one) => !one.closest("[data-row], [data-rows]"));
    if (found) found.click();
    return Boolean(found);
  };
  function showKeys() { const sheet = $("#keys"); if (sheet && sheet.showModal && !sheet.open) sheet.showModal(); }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") $$("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter" && event.target !== document.body && event.target.closest("a, button, summary")) return;
    if (/^[a-z]$/.test(event.key) && own(event.key)) { event.preventDefault(); return; }
    const act = keys[event.key];
    if (act && (event.key.length === 1 || current())) { event.preventDefault(); act(); }
  });
  on("click", "[data-keys]", showKeys);
  document.addEventListener("click", (event) => {
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.removeAttribute("open"); });
  });

  /* Ticked rows and the bar of bulk actions */
  function countTicks() {
    const boxes = $$(TICK);
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => { const row = box.closest("tr, [data-row]"); if (row) row.classList.toggle("selected", box.checked); });
    $$("[data-bulk-bar], [data-bulk]:not(form)").forEach((bar) => { bar.hidden = ticked.length === 0; });
    $$("[data-bulk-count]").forEach((place) => { place.textContent = word("selected").replace("0", ticked.length); });
    $$("[data-tick-all]").forEach((all) => { all.checked = boxes.length > 0 && ticked.length === boxes.length; all.indeterminate = ticked.length > 0 && !all.checked; });
  }
  on("change", TICK, countTicks);
  on("change", "[data-tick-all]", (event, all) => { $$(TICK).forEach((box) => { box.checked = all.checked; }); countTicks(); });

  /* Small buttons */
  on("click", "[data-fold]", () => { store.set("gongjian.folded", root.classList.toggle("folded") ? "1" : "0"); });
  on("click", "[data-more]", (event, button) => button.closest("form").classList.toggle("all"));
  on("click", "[data-print]", () => window.print());
  on("click", "[data-open]", (event, button) => { const sheet = $(button.dataset.open); if (sheet && sheet.showModal) { event.preventDefault(); sheet.showModal(); } });
  on("click", "[data-shut]", (event, button) => { const sheet = button.closest("dialog"); if (sheet) { event.preventDefault(); sheet.close(); } });
  on("click", "[data-set]", (event, button) => { /* a chip fills a field: data-set="#id" data-value="…" */
    const field = $(button.dataset.set);
    if (!field) return;
    event.preventDefault();
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const empty = document.body.dataset.return; /* a public screen is empty again after a while, sooner when nobody types */
  if (empty) setTimeout(() => location.replace(empty), Number(document.body.dataset.after) * 1000);
  on("click", "[data-type]", (event, button) => { /* keys on a public screen; an empty one takes the last sign away */
    const field = $(button.dataset.into);
    if (field) field.value = button.dataset.type ? (field.value + button.dataset.type).slice(0, 8) : field.value.slice(0, -1);
  });
  on("change", "[data-submit]", (event, field) => field.form.requestSubmit());
  function copy(text) { /* plain http has no clipboard interface */
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    toast(word("copied"), "success");
  }
  on("click", "[data-copy]", (event, button) => { const from = $(button.dataset.copy); if (from) copy("value" in from ? from.value : from.innerText); });

  /* Picking a record by typing */
  function pickText(box) { return $("input[type=text]", box); }
  function shut(box) {
    const list = $(".pick-list", box);
    list.hidden = true;
    pickText(box).setAttribute("aria-expanded", "false");
    pickText(box).removeAttribute("aria-activedescendant");
  }
  function choose(box, option) {
    const many = box.classList.contains("pick-many");
    const place = $(".pick-chosen", box);
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = box.dataset.name;
    hidden.value = option.dataset.key;
    if (many) {
      const have = $$("input[type=hidden]", place).some((i) => i.value === hidden.value);
      if (!have) {
        const chip = document.createElement("span");
        chip.className = "chip";
        const cross = document.createElement("button");
        cross.type = "button";
        cross.dataset.unpick = "";
        cross.textContent = "×";
        cross.setAttribute("aria-label", box.dataset.remove + " " + option.dataset.label);
        chip.append(hidden, option.dataset.label, cross);
        place.append(chip);
      }
      pickText(box).value = "";
    } else {
      place.textContent = "";
      place.append(hidden);
      pickText(box).value = option.dataset.label;
    }
    shut(box);
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  }
  async function look(box) {
    const field = pickText(box);
    const text = field.value.trim();
    const list = $(".pick-list", box);
    if (!text || !box.dataset.pick) { shut(box); return; }
    const answer = await fetch(box.dataset.pick + "?q=" + encodeURIComponent(text), { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
    if (field.value.trim() !== text) return;
    if (!answer || !answer.ok) { toast(word("failed"), "error"); return; }
    list.innerHTML = await answer.text();
    $$("li[role=option]", list).forEach((li, n) => { li.id = field.id + "-option-" + n; });
    if (!$("li", list)) { const none = document.createElement("li"); none.className = "pick-none"; none.textContent = box.dataset.none; list.append(none); }
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }
  function lookLater(event, box) {
    if (event.isComposing || event.target !== pickText(box)) return;
    if (!box.classList.contains("pick-many")) $(".pick-chosen", box).textContent = "";
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(() => look(box), 200));
  }
  on("input", "[data-pick]", lookLater);
  on("compositionend", "[data-pick]", (event, box) => { clearTimeout(timers.get(box)); timers.set(box, setTimeout(() => look(box), 200)); });
  on("mousedown", "[data-pick] li[role=option]", (event, option) => { event.preventDefault(); choose(option.closest("[data-pick]"), option); });
  on("click", "[data-unpick]", (event, button) => { const form = button.closest("form"); button.closest(".chip").remove(); if (form) form.dispatchEvent(new Event("change", { bubbles: true })); });
  on("focusout", "[data-pick]", (event, box) => setTimeout(() => { if (!box.contains(document.activeElement)) shut(box); }, 150));
  on("keydown", "[data-pick] input[type=text]", (event, field) => {
    const box = field.closest("[data-pick]");
    const list = $(".pick-list", box);
    if (event.isComposing || list.hidden) return;
    const options = $$("li[role=option]", list);
    const at = options.findIndex((li) => li.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") { shut(box); return; }
    if (event.key === "Enter" && options.length) { event.preventDefault(); choose(box, options[Math.max(0, at)]); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % (options.length || 1);
    options.forEach((li, n) => li.setAttribute("aria-selected", String(n === next)));
    if (options[next]) { field.setAttribute("aria-activedescendant", options[next].id); options[next].scrollIntoView({ block: "nearest" }); }
  });

  /* Charts: <div data-chart="id of the JSON"></div>, or the JSON script inside; a table beside it says the same. */
  let echarts = null;
  function loadECharts() {
    echarts = echarts || new Promise((done, fail) => {
      const tag = document.createElement("script");
      tag.src = script.dataset.echarts;
      tag.onload = () => done(window.echarts);
      tag.onerror = fail;
      document.head.append(tag);
    });
    return echarts;
  }
  function drawChart(place) {
    if (place.dataset.drawn) return;
    place.dataset.drawn = "1";
    const data = place.dataset.chart ? document.getElementById(place.dataset.chart) : $("script[type='application/json']", place);
    if (!data) return;
    const option = JSON.parse(data.textContent);
    loadECharts().then((lib) => {
      const canvas = document.createElement("div");
      canvas.className = "chart";
      canvas.setAttribute("aria-hidden", "true");
      place.append(canvas);
      if (place.classList.contains("chart")) canvas.style.height = "100%";
      else place.classList.add("charted");
      const chart = lib.init(canvas, null, { renderer: "canvas" });
      chart.setOption(Object.assign({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } }, option));
      window.addEventListener("resize", () => chart.resize());
    }).catch(() => { /* the table says it all */ });
  }

  function dressPick(box) {
    const field = pickText(box);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    const list = $(".pick-list", box);
    list.id = list.id || field.id + "-list";
    field.setAttribute("aria-controls", list.id);
  }
  function start() {
    forgetSent();
    $$("[data-filters] input").forEach((field) => { if (isText(field)) field.dataset.sent = field.value; });
    $$("[data-pick]").forEach(dressPick);
    $$("form[data-autosave], form[data-leave]").forEach((form) => form.dataset.autosave === undefined ? fresh.set(form, fresh.get(form) || JSON.stringify(read(form))) : startDraft(form));
    $$("[data-chart]").forEach(drawChart);
    countTicks();
  }
  start();
  const here = $(".side [aria-current]"), list = $(".side-groups");
  if (here) list.scrollTop = here.offsetTop - list.clientHeight / 2;
  const errors = $("[data-errors]");
  if (errors) errors.focus();
  document.addEventListener("htmx:after:swap", start);
  document.addEventListener("htmx:error", () => toast(word("failed"), "error"));
})();
